package io.framewatch.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is written digit by digit is what the slow ways write.
final class DigitsTest {

    private static final int ROUNDS = 20_000;

    private final Random random = new Random(152);

    private static String text(JsonOut out) {
        return new String(out.toBytes(), StandardCharsets.US_ASCII);
    }

    private static void same(double value) {
        assertThat(text(new JsonOut().floatText(value))).isEqualTo(FloatText.of(value));
    }

    @Test
    void writesWholeNumbersOfEveryLength() {
        for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
            for (long number : new long[] {power - 1, power, power + 1, -power, 9 * power / 2}) {
                assertThat(text(new JsonOut().number(number))).isEqualTo(Long.toString(number));
            }
        }
        for (long number : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1}) {
            assertThat(text(new JsonOut().number(number))).isEqualTo(Long.toString(number));
        }
        for (int i = 0; i < ROUNDS; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            assertThat(text(new JsonOut().number(number))).isEqualTo(Long.toString(number));
        }
    }

    @Test
    void writesDecimalsInTheirShortestForm() {
        for (int i = 0; i < ROUNDS; i++) {
            int decimals = random.nextInt(9);
            double whole = random.nextLong() >> 10 + random.nextInt(54);
            double value = BigDecimal.valueOf(whole).movePointLeft(decimals).doubleValue();
            same(value);
            same(Math.nextUp(value));
            same(Math.nextDown(value));
        }
    }

    @Test
    void writesAnyDouble() {
        for (int i = 0; i < ROUNDS; i++) {
            same(Double.longBitsToDouble(random.nextLong()));
            same(random.nextGaussian() * 1e9);
        }
        same(999_999_999.999999);
        same(1e9 - 0x1p-23);
        same(0.000001);
        same(0.0000015);
        same(-0.5);
    }

    @Test
    void writesMillisecondsAsSeconds() {
        for (int i = 0; i < ROUNDS; i++) {
            long ms = random.nextLong() >> random.nextInt(64);
            BigDecimal seconds = BigDecimal.valueOf(ms, 3);
            String wanted = ms % 1_000 == 0 ? Long.toString(ms / 1_000) : seconds.toPlainString();
            assertThat(text(new JsonOut().timestamp(ms))).isEqualTo(wanted);
        }
    }
}
