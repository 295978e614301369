package io.framewatch.respond.route;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads matchers as Alertmanager writes them, in configuration files and API filters:
/// `{foo="bar",dings!~"bums.*"}`, braces and quotes optional
/// (<https://prometheus.io/docs/alerting/latest/configuration/#matcher>).
public final class MatcherParser {

    /// Longest text read, characters.
    public static final int TEXT_CHARS_MAX = 64 * 1024;

    private static final String RESERVED = "{}!=~,\\\"'`";

    private final String text;
    private int at;

    private MatcherParser(String text) {
        this.text = text;
    }

    /// The matchers of a list, none for the empty text. Throws `FaultException` with code
    /// `matcher_invalid`.
    public static List<Matcher> list(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw fault("the text has more than " + TEXT_CHARS_MAX + " characters");
        }
        return new MatcherParser(text).all();
    }

    /// Exactly one matcher. Throws `FaultException` with code `matcher_invalid`.
    public static Matcher single(String text) {
        List<Matcher> matchers = list(text);
        if (matchers.size() != 1) {
            throw fault("expected 1 matcher, found " + matchers.size());
        }
        return matchers.getFirst();
    }

    private static FaultException fault(String what) {
        return new FaultException(
                Fault.caller(
                        "matcher_invalid",
                        "The matchers cannot be read: " + what + ".",
                        "Write for example team=\"video\",site!~\"test.*\"."));
    }

    private List<Matcher> all() {
        List<Matcher> matchers = new ArrayList<>();
        skipSpace();
        boolean braces = take('{');
        skipSpace();
        while (at < text.length() && peek() != '}') {
            matchers.add(one());
            skipSpace();
            if (!take(',')) {
                break;
            }
            skipSpace();
        }
        if (braces && !take('}')) {
            throw fault("a closing brace is missing");
        }
        skipSpace();
        if (at < text.length()) {
            throw fault("unexpected '" + text.substring(at) + "'");
        }
        return List.copyOf(matchers);
    }

    private Matcher one() {
        String name = word("a label name");
        skipSpace();
        Matcher.Op op = operator();
        skipSpace();
        return Matcher.of(op, name, word("a value"));
    }

    private Matcher.Op operator() {
        for (Matcher.Op op :
                List.of(
                        Matcher.Op.REGEX,
                        Matcher.Op.NOT_REGEX,
                        Matcher.Op.NOT_EQUAL,
                        Matcher.Op.EQUAL)) {
            if (text.startsWith(op.sign(), at)) {
                at += op.sign().length();
                return op;
            }
        }
        throw fault("expected =, !=, =~ or !~ at '" + text.substring(at) + "'");
    }

    private String word(String what) {
        if (at < text.length() && peek() == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(peek())
                && RESERVED.indexOf(peek()) < 0) {
            at++;
        }
        if (at == start) {
            throw fault("expected " + what + " at '" + text.substring(at) + "'");
        }
        return text.substring(start, at);
    }

    /// A text in double quotes with Go's escapes; its bytes have to be UTF-8.
    private String quoted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        at++;
        while (at < text.length() && peek() != '"') {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point == '\\') {
                escape(bytes);
            } else {
                write(bytes, point);
            }
        }
        if (!take('"')) {
            throw fault("a quote is not closed");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault("a quoted text is not UTF-8");
        }
    }

    private void escape(ByteArrayOutputStream bytes) {
        char kind = at < text.length() ? text.charAt(at++) : ' ';
        switch (kind) {
            case 'n' -> bytes.write('\n');
            case 't' -> bytes.write('\t');
            case 'r' -> bytes.write('\r');
            case 'a' -> bytes.write(7);
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'v' -> bytes.write(11);
            case '\\', '"' -> bytes.write(kind);
            case 'x' -> bytes.write(digits(2));
            case 'u' -> write(bytes, digits(4));
            case 'U' -> write(bytes, digits(8));
            default -> throw fault("unknown escape \\" + kind);
        }
    }

    private static void write(ByteArrayOutputStream bytes, int point) {
        if (!Character.isValidCodePoint(point)) {
            throw fault("an escape names no character");
        }
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }

    private int digits(int count) {
        try {
            int value = Integer.parseInt(text.substring(at, at + count), 16);
            at += count;
            return value;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw fault("an escape needs " + count + " hexadecimal digits");
        }
    }

    private char peek() {
        return text.charAt(at);
    }

    private boolean take(char c) {
        if (at < text.length() && peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(peek())) {
            at++;
        }
    }
}
