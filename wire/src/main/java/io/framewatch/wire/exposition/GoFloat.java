package io.framewatch.wire.exposition;

import java.math.BigDecimal;

/// Prints numbers the way Go's `strconv` does with format `g` and the shortest precision, which is
/// how bucket bounds and quantiles stand in labels.
public final class GoFloat {

    private GoFloat() {}

    /// Format `g`: the shortest digits that read back as `value`, with an exponent below 1e-4 and
    /// from 1e+21 up.
    public static String print(double value) {
        return print(value, 21);
    }

    /// As OpenMetrics writes bounds: like [#print] with an exponent from 1e+06 up, and `.0` after
    /// whole numbers.
    public static String bound(double value) {
        String text = print(value, 6);
        boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0;
        return whole && !Double.isNaN(value) && !Double.isInfinite(value) ? text + ".0" : text;
    }

    private static String print(double value, int exponentFrom) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < exponentFrom) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String point = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + point
                + "e"
                + sign
                + (size < 10 ? "0" : "")
                + size;
    }
}
