package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads `name{label="value", ...}`, also with the name in quotes inside the braces (`{"a.name",
/// label="value"}`), off bytes whose extent is known.
final class LabelText {

    private final byte[] data;
    private final int to;
    private final boolean strict;
    private int at;
    private String metric = "";
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    private LabelText(byte[] data, int from, int to, boolean strict) {
        this.data = data;
        this.at = from;
        this.to = to;
        this.strict = strict;
    }

    /// The labels between `from` and `to`; throws `IllegalArgumentException` with the reason.
    /// Strict means as OpenMetrics has it: no blanks, no comma at the end.
    static Labels series(byte[] data, int from, int to, boolean strict) {
        LabelText text = new LabelText(data, from, to, strict);
        text.name();
        text.braces();
        if (text.metric.isEmpty()) {
            throw new IllegalArgumentException("a sample has no metric name");
        }
        text.add(Labels.NAME, text.metric);
        return text.build();
    }

    /// The labels of an exemplar, which has no name.
    static Labels exemplar(byte[] data, int from, int to) {
        LabelText text = new LabelText(data, from, to, true);
        text.braces();
        if (!text.metric.isEmpty()) {
            throw new IllegalArgumentException("an exemplar has a metric name");
        }
        return text.build();
    }

    private void name() {
        int from = at;
        while (at < to && isNameByte(data[at], true) && !(at == from && isDigit(data[at]))) {
            at++;
        }
        metric = string(from, at);
        blanks();
    }

    private void braces() {
        if (at == to) {
            return;
        }
        expect('{');
        blanks();
        boolean more = true;
        while (at < to && data[at] != '}') {
            if (!more) {
                throw new IllegalArgumentException("a comma is missing between labels");
            }
            label();
            blanks();
            more = at < to && data[at] == ',';
            if (more) {
                at++;
                blanks();
            }
        }
        if (more && strict && !names.isEmpty()) {
            throw new IllegalArgumentException("a comma stands after the last label");
        }
        expect('}');
        blanks();
        if (at != to) {
            throw new IllegalArgumentException("unexpected text after the labels");
        }
    }

    private void label() {
        if (at < to && data[at] == '"') {
            String quoted = quoted();
            blanks();
            if (at < to && data[at] == '=') {
                value(quoted);
            } else if (metric.isEmpty() && names.isEmpty()) {
                metric = quoted;
            } else {
                throw new IllegalArgumentException("the metric name is given twice");
            }
            return;
        }
        int from = at;
        while (at < to && isNameByte(data[at], false) && !(at == from && isDigit(data[at]))) {
            at++;
        }
        if (at == from) {
            throw new IllegalArgumentException("a label has no valid name");
        }
        String name = string(from, at);
        blanks();
        value(name);
    }

    private void value(String name) {
        expect('=');
        blanks();
        if (at == to || data[at] != '"') {
            throw new IllegalArgumentException(
                    "the value of label \"" + name + "\" is not in double quotes");
        }
        add(name, quoted());
    }

    private void add(String name, String value) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("label name \"" + name + "\" is not unique");
        }
        names.add(name);
        values.add(value);
    }

    /// A quoted text, escapes resolved: `\\`, `\"`, `\n`; a backslash before anything else stands
    /// for itself.
    private String quoted() {
        int from = ++at;
        boolean escaped = false;
        while (at < to && data[at] != '"') {
            escaped |= data[at] == '\\';
            at += data[at] == '\\' ? 2 : 1;
        }
        if (at >= to) {
            throw new IllegalArgumentException("a closing quote is missing");
        }
        String raw = string(from, at++);
        return escaped ? unescape(raw) : raw;
    }

    static String unescape(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            char next = c == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
            switch (next) {
                case 'n' -> out.append('\n');
                case '\\', '"' -> out.append(next);
                default -> out.append(c);
            }
            i += next == 'n' || next == '\\' || next == '"' ? 1 : 0;
        }
        return out.toString();
    }

    private String string(int from, int end) {
        String text = new String(data, from, end - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(text, from, end)) {
            throw new IllegalArgumentException("a name or value is not valid UTF-8");
        }
        return text;
    }

    /// Text that shows a replacement character is honest if it has as many bytes as it came from.
    private boolean isUtf8(String text, int from, int end) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(bytes, 0, bytes.length, data, from, end);
    }

    private void expect(char c) {
        if (at >= to || data[at] != c) {
            throw new IllegalArgumentException("'" + c + "' is missing");
        }
        at++;
    }

    private void blanks() {
        while (!strict && at < to && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
    }

    private Labels build() {
        Labels.Builder builder = new Labels.Builder();
        for (int i = 0; i < names.size(); i++) {
            builder.set(names.get(i), values.get(i));
        }
        return builder.build();
    }

    static boolean isNameByte(byte c, boolean metricName) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || c == '_'
                || metricName && c == ':';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
