package io.framewatch.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes JSON straight into bytes, without a tree. The caller keeps the structure right; texts are
/// escaped here. Numbers are written as Prometheus writes them. Not thread safe.
public final class JsonOut {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// Up to this much lies in one array, which grows; what is longer in pieces that long, so that
    /// nothing is copied while it grows.
    private static final int PIECE_BYTES = 1 << 18;

    private final List<Piece> pieces = new ArrayList<>();
    private byte[] bytes = new byte[1_024];
    private int size;

    /// Length of all pieces but the last, which `bytes` is.
    private int before;

    /// What is full.
    private record Piece(byte[] bytes, int size) {}

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
        room(Digits.ROOM);
        size = Digits.whole(bytes, size, number);
        return this;
    }

    /// Appends milliseconds since 1970 as seconds, with three decimals unless they are zero.
    public JsonOut timestamp(long unixMs) {
        room(Digits.ROOM);
        size = Digits.seconds(bytes, size, unixMs);
        return this;
    }

    /// Appends a sample as a pair of its time and its value.
    public JsonOut sample(long unixMs, double value) {
        room(2 * Digits.ROOM);
        byte[] to = bytes;
        int at = size;
        to[at] = '[';
        at = Digits.seconds(to, at + 1, unixMs);
        to[at] = ',';
        to[at + 1] = '"';
        size = at + 2;
        return floatText(value).raw("\"]");
    }

    /// Appends a sample value: quoted, `NaN`, `+Inf` and `-Inf` in words.
    public JsonOut sampleValue(double value) {
        raw('"');
        floatText(value);
        return raw('"');
    }

    /// Appends a number as sample values are written, without quotes.
    public JsonOut floatText(double value) {
        room(Digits.ROOM);
        int end = Digits.plain(bytes, size, value);
        if (end == size) {
            return raw(FloatText.of(value));
        }
        size = end;
        return this;
    }

    /// What was written so far.
    public byte[] toBytes() {
        byte[] all = new byte[size()];
        int at = 0;
        for (Piece piece : pieces) {
            System.arraycopy(piece.bytes(), 0, all, at, piece.size());
            at += piece.size();
        }
        System.arraycopy(bytes, 0, all, at, size);
        return all;
    }

    /// How much was written so far, bytes.
    public int size() {
        return before + size;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            grow(more);
        }
    }

    private void grow(int more) {
        if (size < PIECE_BYTES / 2) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            return;
        }
        pieces.add(new Piece(bytes, size));
        before = Math.addExact(before, size);
        size = 0;
        bytes = new byte[Math.max(PIECE_BYTES, more)];
    }
}
