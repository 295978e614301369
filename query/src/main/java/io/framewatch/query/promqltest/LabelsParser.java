package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.parse.Literals;

/// Reads a series such as `name{label="value"}` at the start of a line.
final class LabelsParser {

    private final String text;
    private int at;

    LabelsParser(String text) {
        this.text = text;
    }

    /// Where the series ends.
    int end() {
        return at;
    }

    Labels parse() {
        Labels.Builder labels = new Labels.Builder();
        String name = word();
        labels.set(Labels.NAME, name);
        if (at < text.length() && text.charAt(at) == '{') {
            at++;
            braces(labels);
        } else if (name.isEmpty()) {
            throw new ScriptException("no series: " + text);
        }
        return labels.build();
    }

    private void braces(Labels.Builder labels) {
        while (true) {
            blanks();
            if (peek() == '}') {
                at++;
                return;
            }
            boolean quoted = peek() == '"' || peek() == '\'' || peek() == '`';
            String name = quoted ? string() : word();
            blanks();
            if (peek() == '=') {
                at++;
                blanks();
                labels.set(name, string());
            } else if (quoted) {
                labels.set(Labels.NAME, name);
            } else {
                throw new ScriptException("no label: " + text.substring(at));
            }
            blanks();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw new ScriptException("braces not closed: " + text);
            }
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == ':')) {
            at++;
        }
        return text.substring(from, at);
    }

    private String string() {
        char quote = peek();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' && quote != '`' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw new ScriptException("string not closed: " + text.substring(at));
        }
        String value = Literals.unquote(text.substring(at, end + 1));
        if (value == null) {
            throw new ScriptException("wrong escape in " + text.substring(at, end + 1));
        }
        at = end + 1;
        return value;
    }
}
