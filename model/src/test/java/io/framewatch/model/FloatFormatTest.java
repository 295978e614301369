package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FloatFormatTest {

    @Test
    void plainHasNoExponent() {
        assertThat(FloatFormat.plain(1e21)).isEqualTo("1000000000000000000000");
        assertThat(FloatFormat.plain(0.1)).isEqualTo("0.1");
        assertThat(FloatFormat.plain(-1e-7)).isEqualTo("-0.0000001");
        assertThat(FloatFormat.plain(-0.0)).isEqualTo("-0");
        assertThat(FloatFormat.plain(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
        assertThat(FloatFormat.plain(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void generalSwitchesToAnExponentWhereGoDoes() {
        assertThat(FloatFormat.general(1e20)).isEqualTo("100000000000000000000");
        assertThat(FloatFormat.general(1e21)).isEqualTo("1e+21");
        assertThat(FloatFormat.general(0.0001)).isEqualTo("0.0001");
        assertThat(FloatFormat.general(0.00001)).isEqualTo("1e-05");
        assertThat(FloatFormat.general(-1.5e300)).isEqualTo("-1.5e+300");
        assertThat(FloatFormat.general(2)).isEqualTo("2");
    }

    @Test
    void openMetricsBoundsHaveAPoint() {
        assertThat(FloatFormat.openMetrics(1)).isEqualTo("1.0");
        assertThat(FloatFormat.openMetrics(0.25)).isEqualTo("0.25");
        assertThat(FloatFormat.openMetrics(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    }
}
