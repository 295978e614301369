package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "job,job",
        "U__http_2e_status,http.status",
        "U__a__b,a_b",
        "U__smile_1f600_,smile😀",
        "U__broken_2e,U__broken_2e"
    })
    void undoesTheEscaping(String escaped, String name) {
        assertThat(LabelNames.unescape(escaped)).isEqualTo(name);
    }
}
