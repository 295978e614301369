package io.framewatch.server.http;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as Prometheus's API writes them: the shortest digits that read back as the same double,
/// plain from 1e-6 up to 1e21, with a signed exponent of at least two digits beyond
/// (`util/jsonutil/marshal.go`).
public final class FloatText {

    private FloatText() {}

    /// The text of `value`.
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        String shortest = Double.toString(value);
        if (size < 1e-6 || size >= 1e21) {
            return withExponent(oneDigitIfEnough(shortest, value));
        }
        boolean plain = shortest.indexOf('E') < 0;
        if (!plain) {
            return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        }
        return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest;
    }

    /// `value` with an exponent in any case, as alerts' values are written: `1e+00`, `1.5e-03`.
    public static String scientific(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return of(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0e+00" : "0e+00";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
        int exponent = exact.precision() - exact.scale() - 1;
        return withExponent((value < 0 ? "-" : "") + mantissa + "E" + exponent);
    }

    /// Java writes two digits where one may do: the smallest double as 4.9E-324 instead of 5E-324.
    private static String oneDigitIfEnough(String shortest, double value) {
        if (shortest.indexOf('E') != (value < 0 ? 4 : 3)) {
            return shortest;
        }
        BigDecimal rounded = new BigDecimal(shortest).round(new MathContext(1));
        return rounded.doubleValue() == value
                ? rounded.unscaledValue() + ".0E" + -rounded.scale()
                : shortest;
    }

    private static String withExponent(String shortest) {
        int e = shortest.indexOf('E');
        String digits = shortest.substring(0, e);
        if (digits.endsWith(".0")) {
            digits = digits.substring(0, digits.length() - 2);
        }
        int exponent = Integer.parseInt(shortest.substring(e + 1));
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        return digits + "e" + sign + (size < 10 ? "0" : "") + size;
    }
}
