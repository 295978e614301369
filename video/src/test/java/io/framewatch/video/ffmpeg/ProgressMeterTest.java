package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ProgressMeterTest {

    private static final long SECOND = 1_000_000_000L;

    private final ProgressMeter meter = new ProgressMeter();

    @Test
    void aLiveProcessKeepsUpHoweverLateItBegan() {
        run(0, 20, 5 * SECOND, 1.0);
        long now = 5 * SECOND + 10 * SECOND;
        assertThat(meter.fps(now)).isCloseTo(25, within(0.5));
        assertThat(meter.speed(now)).isCloseTo(1, within(0.02));
        assertThat(meter.lagSeconds(now)).isCloseTo(0, within(0.05));
    }

    @Test
    void slownessShowsWithinSecondsAfterALongGoodLife() {
        run(0, 240, 0, 1.0);
        run(120 * SECOND, 10, 120 * SECOND, 0.4);
        long now = 125 * SECOND;
        assertThat(meter.speed(now)).isCloseTo(0.4, within(0.05));
        assertThat(meter.fps(now)).isCloseTo(10, within(1.0));
        assertThat(meter.lagSeconds(now)).isCloseTo(3, within(0.3));
    }

    @Test
    void silenceCountsAgainstTheProcess() {
        run(0, 20, 0, 1.0);
        long now = 10 * SECOND + 4 * SECOND;
        assertThat(meter.speed(now)).isLessThan(0.6);
        assertThat(meter.lagSeconds(now)).isCloseTo(4, within(0.1));
        assertThat(meter.sinceAdvanceNs(now)).isEqualTo(4 * SECOND);
        assertThat(meter.fps(30 * SECOND)).isZero();
    }

    @Test
    void nothingIsKnownBeforeTheFirstFrame() {
        meter.take(new Progress(0, -1, 0, 0, 0, false), SECOND);
        assertThat(meter.fps(2 * SECOND)).isNaN();
        assertThat(meter.speed(2 * SECOND)).isNaN();
        assertThat(meter.lagSeconds(2 * SECOND)).isNaN();
        assertThat(meter.bitrateBps(2 * SECOND)).isNaN();
        assertThat(meter.sinceAdvanceNs(2 * SECOND)).isEqualTo(-1);
    }

    /// Blocks every half second from `startNs`, media time going on from `mediaNs`.
    private void run(long mediaNs, int blocks, long startNs, double speed) {
        for (int i = 1; i <= blocks; i++) {
            long mediaUs = mediaNs / 1_000 + (long) (i * 500_000 * speed);
            long bytes = mediaUs / 10;
            meter.take(
                    new Progress(mediaUs / 40_000, mediaUs, bytes, 0, 0, false),
                    startNs + i * SECOND / 2);
        }
    }
}
