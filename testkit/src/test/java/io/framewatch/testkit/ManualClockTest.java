package io.framewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

    @Test
    void wallClockJumpsLeaveMonotonicTimeAlone() {
        ManualClock clock = new ManualClock(1_000);
        clock.advance(Duration.ofSeconds(2));
        clock.setWallMs(500);
        assertThat(clock.nowMs()).isEqualTo(500);
        assertThat(clock.nanoTime()).isEqualTo(2_000_000_000L);
    }
}
