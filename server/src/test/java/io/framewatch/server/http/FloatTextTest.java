package io.framewatch.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FloatTextTest {

    @ParameterizedTest
    @CsvSource({
        "1.0,1",
        "-0.0,-0",
        "0.1,0.1",
        "1e-6,0.000001",
        "9.5e-7,9.5e-07",
        "1e-7,1e-07",
        "1e20,100000000000000000000",
        "1e21,1e+21",
        "1.5e300,1.5e+300",
        "NaN,NaN",
        "Infinity,+Inf",
        "-Infinity,-Inf",
        "123456789.125,123456789.125",
        "1.7976931348623157E308,1.7976931348623157e+308",
        "9007199254740993,9007199254740992",
        "5e-324,5e-324",
        "-5e-324,-5e-324",
        "1e-323,1e-323",
        "2.5e-7,2.5e-07"
    })
    void writesNumbersAsPrometheusDoes(double value, String text) {
        assertThat(FloatText.of(value)).isEqualTo(text);
        String json =
                new String(new JsonOut().floatText(value).toBytes(), StandardCharsets.US_ASCII);
        assertThat(json).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1435781451781,1435781451.781",
        "1435781451000,1435781451",
        "1435781451001,1435781451.001",
        "0,0",
        "-1,-0.001",
        "-12340,-12.340"
    })
    void writesTimestampsAsSeconds(long unixMs, String text) {
        assertThat(new JsonOut().timestamp(unixMs).toBytes()).asString().isEqualTo(text);
    }

    @Test
    void escapesTexts() {
        assertThat(new JsonOut().text("a\"b\\c\n\u0001<é😀\ud800").toBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"a\\\"b\\\\c\\n\\u0001\\u003cé😀\ufffd\"");
    }
}
