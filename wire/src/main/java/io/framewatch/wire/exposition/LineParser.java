package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What both text formats share: a cursor over lines, and itself as the view of the sample it just
/// read. Used once, by one thread.
abstract class LineParser extends SampleFields {

    final byte[] data;
    final int end;
    final ExpositionVisitor visitor;
    final @Nullable FormatRules rules;

    /// Where the next byte is read.
    int at;

    /// The line being read, from 1.
    int line = 1;

    private int keyFrom;
    private int keyTo;

    private String family = "";
    private MetricMetadata.@Nullable Type type;
    private @Nullable String help;
    private @Nullable String unit;

    LineParser(byte[] data, int end, ExpositionVisitor visitor, @Nullable FormatRules rules) {
        this.data = data;
        this.end = end;
        this.visitor = visitor;
        this.rules = rules;
    }

    abstract boolean strictLabels();

    ExpositionException problem(String text) {
        return new ExpositionException(line, text);
    }

    // --- the sample just read

    final void takeKey(int from, int to) {
        keyFrom = from;
        keyTo = to;
    }

    final void visit() {
        if (rules != null) {
            rules.sample(this, line);
        }
        visitor.sample(this);
    }

    @Override
    public byte[] key() {
        return data;
    }

    @Override
    public int keyFrom() {
        return keyFrom;
    }

    @Override
    public int keyTo() {
        return keyTo;
    }

    @Override
    public Labels labels() {
        try {
            return canonical(LabelText.series(data, keyFrom, keyTo, strictLabels()));
        } catch (IllegalArgumentException e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    /// Where the type word of the latest TYPE line begins, 0 before the first.
    int typeAt;

    /// Bucket bounds and quantiles in one notation, as Prometheus 3 keeps them, so that `1` and
    /// `1.0` are the same series.
    private Labels canonical(Labels labels) {
        String name = isTypeWord("histogram") ? "le" : isTypeWord("summary") ? "quantile" : "";
        String bound = name.isEmpty() ? "" : labels.get(name);
        byte[] text = bound.getBytes(StandardCharsets.US_ASCII);
        if (bound.isEmpty() || !Numbers.isNumber(text, 0, text.length)) {
            return labels;
        }
        String same = GoFloat.bound(Numbers.parse(text, 0, text.length));
        return same.equals(bound) ? labels : labels.with(name, same);
    }

    private boolean isTypeWord(String word) {
        if (typeAt == 0 || typeAt + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (data[typeAt + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where the name of the latest TYPE line begins, in quotes or not.
    int typeNameAt;

    private int familyAt;
    private String histogram = "";

    @Override
    public String histogramFamily() {
        if (!isTypeWord("histogram")) {
            return "";
        }
        if (familyAt != typeAt) {
            familyAt = typeAt;
            int to = typeAt;
            while (to > typeNameAt && (data[to - 1] == ' ' || data[to - 1] == '\t')) {
                to--;
            }
            String name = string(typeNameAt, to);
            boolean quoted = name.length() > 1 && name.startsWith("\"");
            histogram = quoted ? LabelText.unescape(name.substring(1, name.length() - 1)) : name;
        }
        return histogram;
    }

    @Override
    public @Nullable NativeHistogram histogram() {
        return null;
    }

    // --- families

    final void takeType(String name, MetricMetadata.Type word) {
        family(name);
        if (rules != null) {
            rules.type(name, word, line);
        }
        type = word;
    }

    final void takeHelp(String name, String text) {
        family(name);
        if (rules != null) {
            rules.help(name, line);
        }
        help = text;
    }

    final void takeUnit(String name, String text) {
        family(name);
        if (rules != null) {
            rules.unit(name, text, line);
        }
        unit = text;
    }

    private void family(String name) {
        if (!name.equals(family)) {
            endFamily();
            family = name;
        }
    }

    final void endFamily() {
        if (!family.isEmpty() && visitor.wantsMetadata()) {
            visitor.metadata(
                    new MetricMetadata(
                            family,
                            type == null ? MetricMetadata.Type.UNKNOWN : type,
                            help == null ? "" : help,
                            unit == null ? "" : unit));
        }
        family = "";
        type = null;
        help = null;
        unit = null;
    }

    // --- the cursor

    /// The end of the line that `at` lies on, its line feed excluded.
    final int lineEnd() {
        int i = at;
        while (i < end && data[i] != '\n') {
            i++;
        }
        return i;
    }

    /// Skips name and labels and takes them as the key: to the closing brace if there are braces,
    /// else to the end of the name. Quotes and escapes are honoured, syntax is not checked yet.
    final void skipSeries(boolean blankBeforeBrace) {
        int from = at;
        int known = visitor.knownKeyTo(data, at, end);
        if (known != ExpositionVisitor.NO_KEY) {
            at = known;
            takeKey(from, known);
            return;
        }
        while (at < end && LabelText.isNameByte(data[at], true)) {
            at++;
        }
        int nameEnd = at;
        while (blankBeforeBrace && at < end && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
        if (at < end && data[at] == '{') {
            at = closingBrace(at) + 1;
        } else {
            at = nameEnd;
        }
        if (at == from) {
            throw problem("a metric name is expected");
        }
        takeKey(from, at);
    }

    /// The position of the brace that closes the one at `open`.
    final int closingBrace(int open) {
        boolean quoted = false;
        for (int i = open + 1; i < end; i++) {
            byte c = data[i];
            if (c == '\n') {
                break;
            }
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        throw problem(quoted ? "a closing quote is missing" : "a closing brace is missing");
    }

    /// The number from `at` to the next blank or line end, which `at` then points to.
    final double number(String what) {
        int from = at;
        while (at < end && !isBlankOrEnd(data[at])) {
            at++;
        }
        if (from == at) {
            throw problem("a " + what + " is expected");
        }
        if (Numbers.isNumber(data, from, at)) {
            try {
                return Numbers.parse(data, from, at);
            } catch (NumberFormatException e) {
                throw problem(what + " is not a number: " + shown(from, at));
            }
        }
        throw problem(what + " is not a number: " + shown(from, at));
    }

    private static boolean isBlankOrEnd(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    final String string(int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    final String shown(int from, int to) {
        return "\"" + string(from, Math.min(to, from + 60)) + "\"";
    }
}
