package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProcessStateTest {

    @Test
    void readsAProcessWhoseNameHoldsBracketsAndSpaces() {
        ProcessState state =
                ProcessState.parse(
                        "42 (a ) b) T 1 42 42 0 -1 4194560 1 2 3 4 150 50 0 0 20 0 4 0 99 1000 25 1");
        assertThat(state).isEqualTo(new ProcessState('T', 2_000, 25 * 4096));
        assertThat(state.isStopped()).isTrue();
    }

    @Test
    void knowsNothingOfWhatItCannotRead() {
        assertThat(ProcessState.parse("")).isEqualTo(ProcessState.NONE);
        assertThat(ProcessState.parse("42 (x) S 1")).isEqualTo(ProcessState.NONE);
        assertThat(ProcessState.of(Integer.MAX_VALUE)).isEqualTo(ProcessState.NONE);
    }

    @Test
    void readsThisProcess() {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs /proc");
        ProcessState state = ProcessState.of(ProcessHandle.current().pid());
        assertThat(state.letter()).isIn('R', 'S');
        assertThat(state.residentBytes()).isGreaterThan(10_000_000);
        assertThat(state.cpuMs()).isPositive();
    }
}
