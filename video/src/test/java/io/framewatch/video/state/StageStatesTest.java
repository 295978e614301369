package io.framewatch.video.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.video.inventory.StageKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// One stage, reported once a second.
class StageStatesTest {

    private final StageStates states = new StageStates();
    private long nowMs = 1_800_000_000_000L;
    private long outTimeMs;
    private long frames;

    private StageStatus report(int seconds, long pid, char letter, double speed) {
        for (int i = 0; i < seconds; i++) {
            nowMs += 1_000;
            outTimeMs += Math.round(1_000 * speed);
            frames += Math.round(25 * speed);
            boolean ends = pid == 0;
            if (ends) {
                outTimeMs = 0;
                frames = 0;
            }
            states.report(
                    new StageReport(
                            "transcode/cam-1",
                            "live",
                            StageKind.TRANSCODE,
                            "cam-1",
                            nowMs,
                            pid,
                            letter,
                            frames,
                            outTimeMs,
                            -1,
                            0,
                            ends ? "signal 9" : "",
                            List.of()));
        }
        return Objects.requireNonNull(states.status("transcode/cam-1"));
    }

    @Test
    void a_stage_that_keeps_up_is_up_and_its_speed_is_of_now() {
        StageStatus status = report(20, 7, 'S', 1.0);
        assertThat(status.state()).isEqualTo(StageState.UP);
        assertThat(status.speed()).isEqualTo(1.0);
        assertThat(status.fps()).isEqualTo(25.0);
    }

    @Test
    void a_slow_stage_is_believed_after_three_seconds_and_recovers() {
        report(20, 7, 'S', 1.0);
        assertThat(report(2, 7, 'R', 0.5).state()).isEqualTo(StageState.UP);
        StageStatus slow = report(8, 7, 'R', 0.5);
        assertThat(slow.state()).isEqualTo(StageState.SLOW);
        assertThat(slow.speed()).isEqualTo(0.5);
        assertThat(report(10, 7, 'S', 1.0).state()).isEqualTo(StageState.UP);
    }

    @Test
    void a_stopped_process_is_seen_at_once() {
        report(20, 7, 'S', 1.0);
        assertThat(report(1, 7, 'T', 0).state()).isEqualTo(StageState.STOPPED);
        assertThat(report(20, 7, 'T', 0).state()).isEqualTo(StageState.STOPPED);
        assertThat(report(1, 7, 'S', 20).state()).isEqualTo(StageState.UP);
    }

    @Test
    void a_process_that_is_gone_is_down_and_a_new_one_warms_up() {
        report(20, 7, 'S', 1.0);
        StageStatus down = report(2, 0, '-', 0);
        assertThat(down.state()).isEqualTo(StageState.DOWN);
        assertThat(down.sinceMs()).isEqualTo(nowMs - 1_000);
        assertThat(report(4, 8, 'R', 0).state()).isEqualTo(StageState.UP);
    }

    @Test
    void a_running_process_that_writes_nothing_is_stalled_since_its_last_frame() {
        report(20, 7, 'S', 1.0);
        long lastMs = nowMs;
        StageStatus stalled = report(6, 7, 'S', 0);
        assertThat(stalled.state()).isEqualTo(StageState.STALLED);
        assertThat(stalled.sinceMs()).isEqualTo(lastMs);
    }

    @Test
    void an_unknown_stage_has_no_status() {
        assertThat(states.status("nobody")).isNull();
        report(1, 7, 'S', 1);
        states.remove("transcode/cam-1");
        assertThat(states.all()).isEmpty();
    }
}
