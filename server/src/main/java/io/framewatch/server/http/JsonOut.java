package io.framewatch.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes JSON straight into bytes, without a tree. The caller keeps the structure right; texts are
/// escaped here. Numbers are written as Prometheus writes them. Not thread safe.
public final class JsonOut {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1_024];
    private int size;

    /// Appends ASCII text as it is.
    @SuppressWarnings("deprecation") // getBytes(int,int,byte[],int) is the fast copy of ASCII
    public JsonOut raw(String ascii) {
        int length = ascii.length();
        room(length);
        ascii.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    /// Appends one ASCII character as it is.
    public JsonOut raw(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /// Appends a quoted text.
    public JsonOut text(String text) {
        room(text.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += beyondAscii(text, i);
            } else if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
                escaped(c);
            } else {
                room(1);
                bytes[size++] = (byte) c;
            }
        }
        return raw('"');
    }

    /// Appends JSON written by somebody else.
    public JsonOut json(String json) {
        byte[] encoded = json.getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    /// Appends a text, or `null`.
    public JsonOut textOrNull(@Nullable String text) {
        return text == null ? raw("null") : text(text);
    }

    private void escaped(char c) {
        room(6);
        switch (c) {
            case '"', '\\' -> {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            }
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            default -> {
                raw("\\u00");
                raw((char) HEX[c >> 4]);
                raw((char) HEX[c & 15]);
            }
        }
    }

    /// Writes the character at `at`; answers how many more characters it took.
    private int beyondAscii(String text, int at) {
        int code = text.codePointAt(at);
        boolean lone = code >= 0xD800 && code <= 0xDFFF;
        byte[] encoded = Character.toString(lone ? 0xFFFD : code).getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return Character.charCount(code) - 1;
    }

    /// Appends a whole number.
    public JsonOut number(long number) {
        if (number == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        room(20);
        long rest = number;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /// Appends milliseconds since 1970 as seconds, with three decimals unless they are zero.
    public JsonOut timestamp(long unixMs) {
        long ms = unixMs;
        if (ms < 0) {
            raw('-');
            ms = -ms;
        }
        number(ms / 1_000);
        int fraction = (int) (ms % 1_000);
        if (fraction != 0) {
            raw('.');
            raw((char) ('0' + fraction / 100));
            raw((char) ('0' + fraction / 10 % 10));
            raw((char) ('0' + fraction % 10));
        }
        return this;
    }

    /// Appends a sample value: quoted, `NaN`, `+Inf` and `-Inf` in words.
    public JsonOut sampleValue(double value) {
        raw('"');
        floatText(value);
        return raw('"');
    }

    /// Appends a number as sample values are written, without quotes.
    public JsonOut floatText(double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1L << 53 && (whole != 0 || 1 / value > 0)) {
            return number(whole);
        }
        return raw(FloatText.of(value));
    }

    /// What was written so far.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// How much was written so far, bytes.
    public int size() {
        return size;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
