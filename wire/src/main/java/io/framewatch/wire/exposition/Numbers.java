package io.framewatch.wire.exposition;

import java.nio.charset.StandardCharsets;

/// Reads numbers off bytes, without allocation where they are short enough to be exact.
final class Numbers {

    private static final int DIGITS_EXACT = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private Numbers() {}

    /// Whether the bytes are a decimal number, an infinity or NaN; hexadecimal and grouped digits
    /// are not.
    static boolean isNumber(byte[] data, int from, int to) {
        boolean digit = false;
        for (int i = from; i < to; i++) {
            byte c = data[i];
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c != '.' && c != '+' && c != '-' && !((c | 0x20) == 'e' && digit)) {
                return isWord(data, from, to);
            }
        }
        return digit;
    }

    private static boolean isWord(byte[] data, int from, int to) {
        int start = from < to && (data[from] == '+' || data[from] == '-') ? from + 1 : from;
        boolean signed = start > from;
        return isAny(data, start, to, "inf")
                || isAny(data, start, to, "infinity")
                || !signed && isAny(data, start, to, "nan");
    }

    private static boolean isAny(byte[] data, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((data[i] | 0x20) != lower.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /// The number that [#isNumber] accepted; throws `NumberFormatException` if its parts are in the
    /// wrong order.
    static double parse(byte[] data, int from, int to) {
        long mantissa = 0;
        int digits = 0;
        int scale = 0;
        boolean point = false;
        int at = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
        for (; at < to; at++) {
            byte c = data[at];
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                digits += mantissa == 0 ? 0 : 1;
                scale += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return slow(data, from, to);
            }
            if (digits > DIGITS_EXACT) {
                return slow(data, from, to);
            }
        }
        if (scale >= POWERS.length) {
            return slow(data, from, to);
        }
        // Both are exact doubles, so that the quotient is the correctly rounded number (Clinger).
        double value = mantissa / POWERS[scale];
        return data[from] == '-' ? -value : value;
    }

    private static double slow(byte[] data, int from, int to) {
        int start = data[from] == '+' || data[from] == '-' ? from + 1 : from;
        boolean negative = data[from] == '-';
        if (start < to && (data[start] | 0x20) == 'i') {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (start < to && (data[start] | 0x20) == 'n') {
            return Double.NaN;
        }
        return Double.parseDouble(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
