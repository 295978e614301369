package io.framewatch.query.promql.parse;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values of literals: numbers, durations and quoted strings, in Go's syntax.
public final class Literals {

    private static final Pattern DURATION =
            Pattern.compile(
                    "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] UNITS_MS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
    };

    /// A byte that is no UTF-8 is kept as the lone surrogate of this base plus the byte.
    static final int BROKEN_BYTE_BASE = 0xDC00;

    private Literals() {}

    /// A number literal, or null if it is out of range. A leading zero makes it octal.
    static @Nullable Double number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return new BigInteger(lower.substring(2), 16).doubleValue();
        }
        if (lower.length() > 1 && lower.matches("0[0-7]+")) {
            return new BigInteger(lower, 8).doubleValue();
        }
        double value = Double.parseDouble(lower);
        return Double.isInfinite(value) ? null : value;
    }

    /// Milliseconds of a duration such as `1h30m`, or null if it is none or out of range.
    public static @Nullable Long durationMs(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return null;
        }
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < UNITS_MS.length; i++) {
            String part = matcher.group(i + 1);
            if (part != null) {
                BigInteger unit = BigInteger.valueOf(UNITS_MS[i]);
                total = total.add(new BigInteger(part).multiply(unit));
            }
        }
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);
        return total.compareTo(most) > 0 ? null : total.longValue();
    }

    /// The content of a quoted string, or null if an escape in it is wrong. Bytes written as `\xNN`
    /// or in octal are read as UTF-8.
    public static @Nullable String unquote(String quoted) {
        String body = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return body.replace("\r", "");
        }
        StringBuilder out = new StringBuilder(body.length());
        BytesRun bytes = new BytesRun(out);
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (c != '\\') {
                bytes.flush();
                out.append(c);
                i++;
                continue;
            }
            int used = escape(body, i + 1, quoted.charAt(0), out, bytes);
            if (used < 0) {
                return null;
            }
            i += 1 + used;
        }
        bytes.flush();
        return out.toString();
    }

    private static int escape(String body, int at, char quote, StringBuilder out, BytesRun bytes) {
        char c = body.charAt(at);
        int simple = "abfnrtv\\".indexOf(c);
        if (simple >= 0 || c == quote) {
            bytes.flush();
            out.append(simple >= 0 ? "\u0007\b\f\n\r\t\u000b\\".charAt(simple) : c);
            return 1;
        }
        return switch (c) {
            case 'x' -> byteEscape(body, at + 1, 2, 16, bytes);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> byteEscape(body, at, 3, 8, bytes);
            case 'u' -> codePointEscape(body, at + 1, 4, out, bytes);
            case 'U' -> codePointEscape(body, at + 1, 8, out, bytes);
            default -> -1;
        };
    }

    private static int byteEscape(String body, int from, int digits, int radix, BytesRun bytes) {
        int value = digits(body, from, digits, radix);
        if (value < 0 || value > 255) {
            return -1;
        }
        bytes.add((byte) value);
        return radix == 16 ? digits + 1 : digits;
    }

    private static int codePointEscape(
            String body, int from, int digits, StringBuilder out, BytesRun bytes) {
        int value = digits(body, from, digits, 16);
        if (value < 0 || !Character.isValidCodePoint(value)) {
            return -1;
        }
        bytes.flush();
        out.appendCodePoint(value);
        return digits + 1;
    }

    private static int digits(String body, int from, int count, int radix) {
        if (from + count > body.length()) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = Character.digit(body.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    /// Consecutive escaped bytes, which together may form characters.
    private static final class BytesRun {

        private final StringBuilder out;
        private byte[] bytes = new byte[8];
        private int size;

        BytesRun(StringBuilder out) {
            this.out = out;
        }

        void add(byte value) {
            if (size == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, size * 2);
            }
            bytes[size++] = value;
        }

        void flush() {
            if (size == 0) {
                return;
            }
            CharsetDecoder decoder =
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, size);
            CharBuffer chars = CharBuffer.allocate(size + 2);
            while (in.hasRemaining() && decoder.decode(in, chars, true).isError()) {
                chars.put((char) (BROKEN_BYTE_BASE + (in.get() & 0xff)));
            }
            out.append(chars.flip());
            size = 0;
        }
    }

    /// Whether `name` may be a label name: not empty and valid Unicode.
    public static boolean isLabelName(String name) {
        for (int i = 0; i < name.length(); ) {
            int point = name.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
            i += Character.charCount(point);
        }
        return !name.isEmpty();
    }
}
