package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"15s,15000", "1h30m,5400000", "500ms,500", "1d,86400000", "2w,1209600000"})
    void readsAndWritesTheSameText(String text, long ms) {
        assertThat(Durations.parseMs(text)).isEqualTo(ms);
        assertThat(Durations.format(ms)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"''", "15", "1.5h", "1m1h", "-1s", "s", "99999999999999y", "1 s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(Durations.parseMs(text)).isEqualTo(-1);
    }

    @Test
    void zeroNeedsNoUnit() {
        assertThat(Durations.parseMs("0")).isZero();
        assertThat(Durations.format(0)).isEqualTo("0s");
    }
}
