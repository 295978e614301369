package io.framewatch.template;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and the pieces of its actions.
final class Lexer {

    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Lexer(String input) {
        this.input = input;
    }

    static List<Token> tokens(String input) {
        return new Lexer(input).run();
    }

    private List<Token> run() {
        boolean trimNext = false;
        while (true) {
            int open = input.indexOf("{{", at);
            String text = input.substring(at, open < 0 ? input.length() : open);
            boolean trimsBefore = open >= 0 && isTrim(open + 2);
            addText(text, trimNext, trimsBefore);
            if (open < 0) {
                break;
            }
            at = open + (trimsBefore ? 3 : 2);
            trimNext = action();
        }
        tokens.add(new Token(Token.Kind.END, "", null, false, line));
        return tokens;
    }

    /// Whether `-` and white space stand at `index`.
    private boolean isTrim(int index) {
        return index + 1 < input.length()
                && input.charAt(index) == '-'
                && Character.isWhitespace(input.charAt(index + 1));
    }

    private void addText(String text, boolean trimStart, boolean trimEnd) {
        String kept = trimStart ? text.stripLeading() : text;
        kept = trimEnd ? kept.stripTrailing() : kept;
        if (!kept.isEmpty()) {
            tokens.add(new Token(Token.Kind.TEXT, kept, null, false, line));
        }
        line += (int) text.chars().filter(c -> c == '\n').count();
    }

    /// Reads one action to its end; returns whether it trims the text after it.
    private boolean action() {
        int start = at;
        skipSpace();
        if (input.startsWith("/*", at)) {
            return comment();
        }
        at = start;
        tokens.add(new Token(Token.Kind.OPEN, "{{", null, false, line));
        while (true) {
            boolean spaced = skipSpace();
            if (at >= input.length()) {
                throw new TemplateException("line " + line + ": an action is not closed by }}");
            }
            boolean trims = spaced && input.startsWith("-}}", at);
            if (trims || input.startsWith("}}", at)) {
                at += trims ? 3 : 2;
                tokens.add(new Token(Token.Kind.CLOSE, "}}", null, spaced, line));
                return trims;
            }
            next(spaced);
        }
    }

    private boolean comment() {
        int end = input.indexOf("*/", at);
        if (end < 0) {
            throw new TemplateException("line " + line + ": a comment is not closed by */");
        }
        line += (int) input.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end + 2;
        boolean spaced = skipSpace();
        boolean trims = spaced && input.startsWith("-}}", at);
        if (!trims && !input.startsWith("}}", at)) {
            throw new TemplateException("line " + line + ": a comment has to end its action");
        }
        at += trims ? 3 : 2;
        return trims;
    }

    private boolean skipSpace() {
        int start = at;
        while (at < input.length() && Character.isWhitespace(input.charAt(at))) {
            if (input.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
        return at > start;
    }

    private void next(boolean spaced) {
        char c = input.charAt(at);
        if (c == '"' || c == '`' || c == '\'') {
            quoted(c, spaced);
        } else if (isDigit(c)
                || (c == '-' || c == '+') && isNumberAt(at + 1)
                || c == '.' && at + 1 < input.length() && isDigit(input.charAt(at + 1))) {
            number(spaced);
        } else if (c == '.' || c == '$') {
            int start = at++;
            skipName();
            String text = input.substring(start, at);
            Token.Kind kind =
                    c == '$'
                            ? Token.Kind.VARIABLE
                            : text.length() == 1 ? Token.Kind.DOT : Token.Kind.FIELD;
            add(kind, text, spaced);
        } else if (isNameStart(c)) {
            int start = at;
            skipName();
            add(Token.Kind.WORD, input.substring(start, at), spaced);
        } else {
            sign(spaced);
        }
    }

    private void sign(boolean spaced) {
        String sign = input.startsWith(":=", at) ? ":=" : input.substring(at, at + 1);
        if (!List.of(":=", "=", "|", "(", ")", ",").contains(sign)) {
            throw new TemplateException(
                    "line " + line + ": unexpected '" + sign + "' in an action");
        }
        at += sign.length();
        add(Token.Kind.SIGN, sign, spaced);
    }

    private void add(Token.Kind kind, String text, boolean spaced) {
        tokens.add(new Token(kind, text, null, spaced, line));
    }

    private void skipName() {
        while (at < input.length()
                && (isNameStart(input.charAt(at)) || Character.isDigit(input.charAt(at)))) {
            at++;
        }
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isNumberAt(int index) {
        return index < input.length()
                && (isDigit(input.charAt(index)) || input.charAt(index) == '.');
    }

    private void number(boolean spaced) {
        int start = at++;
        while (at < input.length() && isNumberPart(start)) {
            at++;
        }
        String text = input.substring(start, at);
        tokens.add(new Token(Token.Kind.LITERAL, text, Literals.number(text, line), spaced, line));
    }

    private boolean isNumberPart(int start) {
        char c = input.charAt(at);
        char before = Character.toLowerCase(input.charAt(at - 1));
        boolean hex = input.startsWith("0x", start) || input.startsWith("0X", start);
        boolean exponentSign = (c == '+' || c == '-') && before == 'e' && !hex;
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || exponentSign;
    }

    private void quoted(char quote, boolean spaced) {
        int start = at++;
        while (at < input.length() && input.charAt(at) != quote) {
            char c = input.charAt(at);
            if (c == '\n' && quote != '`') {
                break;
            }
            line += c == '\n' ? 1 : 0;
            at += c == '\\' && quote != '`' ? 2 : 1;
        }
        if (at >= input.length() || input.charAt(at) != quote) {
            throw new TemplateException("line " + line + ": a quoted text is not closed");
        }
        String inner = input.substring(start + 1, at++);
        Object value =
                switch (quote) {
                    case '`' -> inner;
                    case '"' -> Literals.unescape(inner, line);
                    default -> (long) Literals.unescape(inner, line).codePointAt(0);
                };
        tokens.add(new Token(Token.Kind.LITERAL, input.substring(start, at), value, spaced, line));
    }
}
