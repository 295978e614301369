package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a query into tokens. Inside braces and brackets a colon is a sign of its own; elsewhere it
/// belongs to metric names.
final class Lexer {

    private static final List<String> TWO_CHARACTER_SIGNS =
            List.of("==", "!=", "<=", ">=", "</", ">/");
    private static final String SIGNS = "+-*/%^(){}[],=<>@:";

    private final String text;
    private final ParseFaults faults;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets;
    private boolean braces;

    Lexer(String text, ParseFaults faults) {
        this.text = text;
        this.faults = faults;
    }

    List<Token> tokens() {
        while (true) {
            skipBlanksAndComments();
            if (at >= text.length()) {
                tokens.add(new Token(Kind.END, "", text.length()));
                return tokens;
            }
            next();
        }
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') {
            string(c);
        } else if (isWordStart(c)) {
            word();
        } else if (braces) {
            signInBraces(c);
        } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            number();
        } else {
            sign(c);
        }
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), at));
        at = end;
    }

    private void string(char quote) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            char c = text.charAt(i);
            if (quote != '`' && c == '\n') {
                throw faults.at(at, "unterminated quoted string", "Close the string on its line.");
            }
            if (quote != '`' && c == '\\') {
                i++;
                if (i >= text.length()) {
                    throw faults.at(at, "escape sequence not terminated");
                }
            }
            i++;
        }
        if (i >= text.length()) {
            String kind = quote == '`' ? "raw" : "quoted";
            throw faults.at(
                    at, "unterminated " + kind + " string", "Close the string with " + quote + ".");
        }
        add(Kind.STRING, i + 1);
    }

    private boolean isWordStart(char c) {
        return isLetter(c) || c == ':' && brackets == 0 && !braces && isWordPart(peek(1));
    }

    private boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || c == ':' && brackets == 0 && !braces;
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        add(Kind.WORD, end);
    }

    private void signInBraces(char c) {
        for (String sign : List.of("=~", "!~", "!=")) {
            if (text.startsWith(sign, at)) {
                add(Kind.SIGN, at + 2);
                return;
            }
        }
        if (c == '}') {
            braces = false;
        } else if (c != '=' && c != ',') {
            throw faults.at(at, "unexpected character inside braces: '" + c + "'");
        }
        add(Kind.SIGN, at + 1);
    }

    private void sign(char c) {
        for (String sign : TWO_CHARACTER_SIGNS) {
            if (text.startsWith(sign, at)) {
                add(Kind.SIGN, at + 2);
                return;
            }
        }
        if (text.startsWith("=~", at) || text.startsWith("!~", at)) {
            throw faults.at(
                    at,
                    "unexpected character after '" + c + "': '~'",
                    "Match labels inside braces, as in name{label=~\"pattern\"}.");
        }
        if (SIGNS.indexOf(c) < 0 || c == '}') {
            throw faults.at(at, "unexpected character: '" + Character.toString(c) + "'");
        }
        if (c == '{') {
            braces = true;
        } else if (c == '[') {
            brackets++;
        } else if (c == ']') {
            brackets--;
            if (brackets < 0) {
                throw faults.at(at, "unexpected right bracket ']'");
            }
        }
        add(Kind.SIGN, at + 1);
    }

    /// A number or a duration: `5`, `0x1f`, `1e-3`, `5m30s`.
    private void number() {
        int end = at;
        if (text.charAt(end) == '0' && (peek(1) == 'x' || peek(1) == 'X') && isHex(peek(2))) {
            end += 2;
            while (end < text.length() && isHex(text.charAt(end))) {
                end++;
            }
            finishNumber(end);
            return;
        }
        end = digits(end);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(end + 1);
        } else if (isDurationAt(end)) {
            duration(end);
            return;
        }
        finishNumber(exponent(end));
    }

    private int digits(int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int exponent(int end) {
        if (end >= text.length() || text.charAt(end) != 'e' && text.charAt(end) != 'E') {
            return end;
        }
        int from = end + 1;
        if (from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-')) {
            from++;
        }
        int after = digits(from);
        return after == from ? end : after;
    }

    private void finishNumber(int end) {
        if (end < text.length() && isNumberTail(text.charAt(end))) {
            throw badNumber(end + 1);
        }
        add(Kind.NUMBER, end);
    }

    private boolean isNumberTail(char c) {
        return isLetter(c) || isDigit(c) || c == '.';
    }

    private RuntimeException badNumber(int end) {
        String shown = text.substring(at, Math.min(end, text.length()));
        return faults.at(
                at,
                "bad number or duration syntax: \"" + shown + "\"",
                "Write a number such as 1.5e3 or a duration such as 1h30m.");
    }

    private boolean isDurationAt(int end) {
        return end < text.length() && "ywdhms".indexOf(text.charAt(end)) >= 0;
    }

    private void duration(int firstUnit) {
        int end = firstUnit;
        while (end < text.length() && isNumberTail(text.charAt(end))) {
            end++;
        }
        if (isDigit(text.charAt(end - 1)) || text.substring(at, end).indexOf('.') >= 0) {
            throw badNumber(end);
        }
        add(Kind.DURATION, end);
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
