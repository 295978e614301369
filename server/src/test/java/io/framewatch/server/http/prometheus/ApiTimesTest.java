package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiTimesTest {

    @ParameterizedTest
    @CsvSource({
        "1435781451.781,1435781451781",
        "1435781451,1435781451000",
        "-1.5,-1500",
        "1e3,1000000",
        "2015-07-01T20:10:51.781Z,1435781451781",
        "2015-07-01T22:10:51+02:00,1435781451000",
        "-292273086-05-16T16:47:06Z,-9223372036000",
        "292277025-08-18T07:12:54.999999999Z,9223372036854"
    })
    void readsTimes(String text, Long ms) {
        assertThat(ApiTimes.timeMs(text)).isEqualTo(ms);
    }

    @ParameterizedTest
    @CsvSource({"5m,300000", "1.5,1500", "15,15000", "1h30m,5400000", "-1,-1000"})
    void readsDurations(String text, long ms) {
        assertThat(ApiTimes.durationMs(text)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "5 m", "1e400", "NaN", "1d1w"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(ApiTimes.durationMs(text)).isNull();
    }
}
