package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenMetrics text 1.0: one space between parts, timestamps in seconds, exemplars, `# EOF` at the
/// end.
final class OpenMetricsParser extends LineParser {

    private static final int EXEMPLAR_CHARS_MAX = 128;

    OpenMetricsParser(
            byte[] data, int end, ExpositionVisitor visitor, @Nullable FormatRules rules) {
        super(data, end, visitor, rules);
    }

    @Override
    boolean strictLabels() {
        return rules != null;
    }

    void parse() {
        boolean eof = false;
        while (at < end) {
            if (eof) {
                throw problem("unexpected text after # EOF");
            }
            if (data[at] == '#') {
                eof = comment();
            } else if (data[at] == '\n') {
                throw problem("a blank line");
            } else {
                sample();
            }
            if (at < end && data[at] != '\n') {
                throw problem("unexpected text at the end of the line: " + shown(at, lineEnd()));
            }
            at++;
            line++;
        }
        if (!eof) {
            throw problem("the text does not end with # EOF");
        }
        endFamily();
        if (rules != null) {
            rules.end(true, line);
        }
    }

    private void sample() {
        beginFields();
        skipSeries(false);
        space("value");
        takeValue(number("value"));
        if (at < end && data[at] == ' ' && !exemplarFollows()) {
            at++;
            takeTimestamp(seconds("timestamp"));
        }
        if (at < end && data[at] == ' ') {
            exemplar();
        }
        visit();
    }

    private boolean exemplarFollows() {
        return at + 1 < end && data[at + 1] == '#';
    }

    private void space(String before) {
        if (at >= end || data[at] != ' ') {
            throw problem("a single space is expected before the " + before);
        }
        at++;
    }

    /// Seconds as milliseconds, finite.
    private long seconds(String what) {
        double seconds = number(what);
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw problem("the " + what + " is not finite");
        }
        return (long) (seconds * 1000);
    }

    private void exemplar() {
        if (!exemplarFollows() || at + 3 >= end || data[at + 2] != ' ' || data[at + 3] != '{') {
            throw problem("unexpected text after the value");
        }
        at += 3;
        int close = closingBrace(at);
        Labels labels;
        try {
            labels = LabelText.exemplar(data, at, close + 1);
        } catch (IllegalArgumentException e) {
            throw problem("exemplar: " + e.getMessage());
        }
        at = close + 1;
        space("exemplar's value");
        double value = number("exemplar's value");
        long timestampMs = 0;
        if (at < end && data[at] == ' ') {
            at++;
            timestampMs = seconds("exemplar's timestamp");
        }
        int[] length = new int[1];
        labels.forEach((name, text) -> length[0] += chars(name) + chars(text));
        if (length[0] > EXEMPLAR_CHARS_MAX) {
            throw problem("the exemplar's labels have more than 128 characters");
        }
        takeExemplars(List.of(new Exemplar(labels, value, timestampMs)));
    }

    private static int chars(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Reads a line that begins with `#`; true if it is the end marker.
    private boolean comment() {
        int stop = lineEnd();
        String text = string(at, stop);
        at = stop;
        if (text.equals("# EOF")) {
            return true;
        }
        String[] parts = text.split(" ", 4);
        boolean shaped = parts.length == 4 && parts[0].equals("#");
        if (!shaped) {
            throw problem(
                    "a line that begins with # must be HELP, TYPE, UNIT or EOF, with a name and a text");
        }
        String name = name(parts[2]);
        switch (parts[1]) {
            case "HELP" -> takeHelp(name, LabelText.unescape(parts[3]));
            case "TYPE" -> {
                takeType(name, type(parts[3]));
                typeAt = stop - length(parts[3]);
                typeNameAt = typeAt - 1 - length(parts[2]);
            }
            case "UNIT" -> takeUnit(name, unit(name, parts[3]));
            default -> throw problem("unknown keyword " + parts[1]);
        }
        return false;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private String name(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        if (!quoted && !Labels.isIdentifier(text, true)) {
            throw problem("not a valid metric name: " + text);
        }
        return quoted ? LabelText.unescape(text.substring(1, text.length() - 1)) : text;
    }

    private String unit(String name, String unit) {
        if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
            throw problem("the unit is not the end of the name");
        }
        return unit;
    }

    private MetricMetadata.Type type(String word) {
        for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw problem("unknown metric type \"" + word + "\"");
    }
}
