package io.framewatch.wire.loki;

import io.framewatch.model.Labels;

/// Reads a stream's labels as text: `{app="x", env="prod"}`.
final class StreamLabels {

    private final String text;
    private int at;

    private StreamLabels(String text) {
        this.text = text;
    }

    static Labels parse(String text) {
        return new StreamLabels(text).labels();
    }

    private Labels labels() {
        Labels.Builder builder = new Labels.Builder();
        expect('{');
        blanks();
        while (at < text.length() && text.charAt(at) != '}') {
            String name = name();
            expect('=');
            builder.set(name, value());
            blanks();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                blanks();
            }
        }
        expect('}');
        blanks();
        if (at < text.length()) {
            throw fault();
        }
        return builder.build();
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private void expect(char c) {
        blanks();
        if (at >= text.length() || text.charAt(at) != c) {
            throw fault();
        }
        at++;
    }

    private String name() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        if (!Labels.isIdentifier(name, false)) {
            throw fault();
        }
        return name;
    }

    private String value() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                value.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            } else {
                value.append(c);
            }
        }
        expect('"');
        return value.toString();
    }

    private RuntimeException fault() {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return PushEntries.invalid(
                "The labels "
                        + Labels.quote(shown)
                        + " cannot be read at character "
                        + (at + 1)
                        + ".");
    }
}
