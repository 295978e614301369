package io.framewatch.query.logql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.framewatch.model.Durations;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.UserPattern;

/// Reads a LogQL text from left to right. Positions in messages are `line:column`, from 1. Not
/// thread safe.
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    String textBetween(int from, int to) {
        return text.substring(from, to);
    }

    /// Skips blanks and `#` comments.
    void blanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c <= ' ') {
                at++;
            } else {
                return;
            }
        }
    }

    boolean atEnd() {
        blanks();
        return at == text.length();
    }

    /// Whether `token` stands here.
    boolean sees(String token) {
        blanks();
        return text.startsWith(token, at);
    }

    /// Takes `token` if it stands here.
    boolean take(String token) {
        if (sees(token)) {
            at += token.length();
            return true;
        }
        return false;
    }

    void expect(String token) {
        if (!take(token)) {
            throw fault("expected " + token);
        }
    }

    /// The identifier that stands here, without taking it; empty if none does.
    String peekWord() {
        blanks();
        int end = at;
        while (end < text.length() && isWord(text.charAt(end), end > at)) {
            end++;
        }
        return text.substring(at, end);
    }

    private static boolean isWord(char c, boolean inside) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || inside && (c >= '0' && c <= '9' || c == '.');
    }

    String word() {
        String word = peekWord();
        if (word.isEmpty()) {
            throw fault("expected a name");
        }
        at += word.length();
        return word;
    }

    boolean takeWord(String word) {
        if (peekWord().equals(word)) {
            at += word.length();
            return true;
        }
        return false;
    }

    boolean seesString() {
        return sees("\"") || sees("`") || sees("'");
    }

    /// A string in double or single quotes with escapes, or in backquotes as it stands.
    String string() {
        if (!seesString()) {
            throw fault("expected a string");
        }
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && quote != '`' && at < text.length()) {
                escape(out);
            } else {
                out.append(c);
            }
        }
        if (at == text.length()) {
            at = start;
            throw fault("a string does not end");
        }
        at++;
        return out.toString();
    }

    private void escape(StringBuilder out) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'v' -> out.append('\u000b');
            case '\\', '"', '\'' -> out.append(c);
            case 'x' -> out.append((char) hex(2));
            case 'u' -> out.append((char) hex(4));
            case 'U' -> out.appendCodePoint(hex(8));
            default -> throw fault("unknown escape \\" + c);
        }
    }

    private int hex(int digits) {
        int end = Math.min(text.length(), at + digits);
        try {
            int value = Integer.parseInt(text, at, end, 16);
            if (end - at < digits || !Character.isValidCodePoint(value)) {
                throw fault("bad escape");
            }
            at = end;
            return value;
        } catch (NumberFormatException e) {
            throw fault("bad escape");
        }
    }

    /// Passes over a number, or over one character of anything else.
    void skipOne() {
        blanks();
        if (at < text.length() && Character.isDigit(text.charAt(at))) {
            quantity();
        } else {
            at++;
        }
    }

    /// A run of characters that may form a number, a duration or a size.
    String quantity() {
        blanks();
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at == start) {
            throw fault("expected a number");
        }
        return text.substring(start, at);
    }

    /// `[5m]`, in milliseconds.
    long range() {
        expect("[");
        long rangeMs = duration();
        expect("]");
        if (rangeMs == 0) {
            throw fault("a range must be longer than 0");
        }
        return rangeMs;
    }

    /// A duration, which may be negative, in milliseconds.
    long duration() {
        int start = at;
        String word = quantity();
        boolean negative = word.startsWith("-");
        long ms = Durations.parseMs(negative ? word.substring(1) : word);
        if (ms < 0) {
            at = start;
            throw fault("\"" + word + "\" is no duration");
        }
        return negative ? -ms : ms;
    }

    Pattern pattern(String regex) {
        try {
            return UserPattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw fault("the regular expression is wrong: " + e.getDescription());
        }
    }

    /// Index of the bracket that closes the one at `open`, strings and comments passed over; -1 if
    /// there is none.
    int closing(int open) {
        int depth = 0;
        Cursor scan = new Cursor(text);
        scan.at = open;
        while (!scan.atEnd()) {
            if (scan.seesString()) {
                scan.string();
                continue;
            }
            char c = text.charAt(scan.at++);
            if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if ((c == ')' || c == '}' || c == ']') && --depth == 0) {
                return scan.at - 1;
            }
        }
        return -1;
    }

    FaultException fault(String what) {
        return fault(what, at);
    }

    FaultException fault(String what, int position) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < position && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new FaultException(
                Fault.caller(
                        "logql_parse",
                        "parse error at line " + line + ", col " + column + ": " + what + ".",
                        "Mend the expression there."));
    }
}
