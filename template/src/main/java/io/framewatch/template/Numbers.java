package io.framewatch.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Go's `strconv.FormatFloat` writes them.
final class Numbers {

    private static final int EXPONENT_MIN = -4;
    private static final int SHORTEST_PRECISION = 6;
    private static final int PRECISION_MAX = 400;

    private Numbers() {}

    /// Format `g` with the fewest digits that name the number: `%v`.
    static String shortest(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return special(value);
        }
        BigDecimal digits = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        return sign(value) + general(digits, SHORTEST_PRECISION);
    }

    /// Format `g` with a number of significant digits.
    static String general(double value, int precision) {
        if (!Double.isFinite(value) || value == 0) {
            return special(value);
        }
        int digitsMax = Math.clamp(precision, 1, PRECISION_MAX);
        BigDecimal exact = new BigDecimal(Math.abs(value));
        BigDecimal digits =
                exact.round(new MathContext(digitsMax, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        return sign(value) + general(digits, digitsMax);
    }

    private static String general(BigDecimal digits, int precision) {
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= EXPONENT_MIN && exponent < precision) {
            return digits.toPlainString();
        }
        String all = digits.unscaledValue().toString();
        String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
        return mantissa + exponent(exponent);
    }

    /// Format `f` with a number of digits after the point.
    static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        int scale = Math.clamp(decimals, 0, PRECISION_MAX);
        String text =
                new BigDecimal(Math.abs(value))
                        .setScale(scale, RoundingMode.HALF_EVEN)
                        .toPlainString();
        return sign(value) + text;
    }

    /// Format `e` with a number of digits after the point.
    static String scientific(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        int scale = Math.clamp(decimals, 0, PRECISION_MAX);
        if (value == 0) {
            return sign(value) + fixed(0, scale) + "e+00";
        }
        BigDecimal digits =
                new BigDecimal(Math.abs(value))
                        .round(new MathContext(scale + 1, RoundingMode.HALF_EVEN));
        int exponent = digits.precision() - digits.scale() - 1;
        StringBuilder all = new StringBuilder(digits.unscaledValue().toString());
        while (all.length() < scale + 1) {
            all.append('0');
        }
        String mantissa = scale == 0 ? all.substring(0, 1) : all.charAt(0) + "." + all.substring(1);
        return sign(value) + mantissa + exponent(exponent);
    }

    private static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (value == 0) {
            return sign(value) + "0";
        }
        return value > 0 ? "+Inf" : "-Inf";
    }
}
