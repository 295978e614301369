package io.framewatch.server.http;

import java.math.BigDecimal;

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
            return withExponent(shortest);
        }
        boolean plain = shortest.indexOf('E') < 0;
        String text = plain ? shortest : new BigDecimal(shortest).toPlainString();
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
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
