package io.framewatch.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as Go writes them, which is how Prometheus, its clients and its rule files expect them.
/// Always the shortest digits that read back to the same number.
public final class FloatFormat {

    private static final int EXPONENT_MIN = -4;
    private static final int EXPONENT_MAX = 21;

    private FloatFormat() {}

    /// Without exponent, as in sample values of the HTTP API: `0.1`, `100000000000000000000`,
    /// `NaN`, `+Inf`, `-Inf`.
    public static String plain(double value) {
        String special = special(value);
        if (special != null) {
            return special;
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return stripPoint(new BigDecimal(Double.toString(value)).toPlainString());
    }

    /// With an exponent below 1e-4 and from 1e21 on, as Go's `%v` prints: `1e+21`, `0.001`.
    public static String general(double value) {
        return withExponent(value, EXPONENT_MAX);
    }

    /// As [#general], with at least one digit after the point, as OpenMetrics writes bucket bounds:
    /// `1.0`, `0.25`, `1e+06`.
    public static String openMetrics(double value) {
        String text = withExponent(value, EXPONENT_MAX);
        boolean whole = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        return whole ? text + ".0" : text;
    }

    private static String withExponent(double value, int exponentMax) {
        String special = special(value);
        if (special != null) {
            return special;
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= EXPONENT_MIN && exponent < exponentMax) {
            return stripPoint(decimal.toPlainString());
        }
        String digits = decimal.unscaledValue().abs().toString();
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        int size = Math.abs(exponent);
        return out.append('e')
                .append(exponent < 0 ? '-' : '+')
                .append(size < 10 ? "0" : "")
                .append(size)
                .toString();
    }

    private static String stripPoint(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static @Nullable String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return null;
    }
}
