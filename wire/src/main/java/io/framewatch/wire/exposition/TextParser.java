package io.framewatch.wire.exposition;

import io.framewatch.model.MetricMetadata;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prometheus's text format, 0.0.4 and 1.0.0: blanks wherever, timestamps in whole milliseconds.
final class TextParser extends LineParser {

    TextParser(byte[] data, int end, ExpositionVisitor visitor, @Nullable FormatRules rules) {
        super(data, end, visitor, rules);
    }

    @Override
    boolean strictLabels() {
        return false;
    }

    void parse() {
        while (at < end) {
            blanks();
            if (at < end && data[at] == '#') {
                comment();
            } else if (at < end && data[at] != '\n' && data[at] != '\r') {
                sample();
            }
            endLine();
        }
        endFamily();
        if (rules != null) {
            rules.end(end == 0 || data[end - 1] == '\n', line);
        }
    }

    private void endLine() {
        blanks();
        if (at < end && data[at] == '\r') {
            at++;
        }
        if (at < end && data[at] != '\n') {
            throw problem("unexpected text at the end of the line: " + shown(at, lineEnd()));
        }
        at++;
        line++;
    }

    private void sample() {
        beginFields();
        skipSeries(true);
        blanks();
        takeValue(number("value"));
        blanks();
        if (at < end && data[at] != '\n' && data[at] != '\r') {
            takeTimestamp(timestamp());
        }
        visit();
    }

    private long timestamp() {
        boolean negative = data[at] == '-';
        int from = negative ? at + 1 : at;
        int i = from;
        long ms = 0;
        while (i < end && data[i] >= '0' && data[i] <= '9' && i - from < 18) {
            ms = ms * 10 + (data[i] - '0');
            i++;
        }
        boolean over =
                i == end || data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r';
        if (i == from || !over) {
            throw problem("the timestamp is not in whole milliseconds: " + shown(at, lineEnd()));
        }
        at = i;
        return negative ? -ms : ms;
    }

    private void comment() {
        int stop = lineEnd();
        at++;
        boolean wanted = visitor.wantsMetadata() || rules != null;
        blanks();
        if (isKeyword("TYPE", stop)) {
            takeTypeLine(stop, wanted);
        } else if (wanted && isKeyword("HELP", stop)) {
            takeHelpLine(stop);
        }
        at = stop;
    }

    /// Passes the keyword if it stands here.
    private boolean isKeyword(String word, int stop) {
        if (at + 4 > stop
                || data[at] != word.charAt(0)
                || data[at + 1] != word.charAt(1)
                || data[at + 2] != word.charAt(2)
                || data[at + 3] != word.charAt(3)
                || at + 4 < stop && data[at + 4] != ' ' && data[at + 4] != '\t') {
            return false;
        }
        at += 4;
        return true;
    }

    /// A HELP without a name, or with an empty text, is a comment like any other.
    private void takeHelpLine(int stop) {
        blanks();
        if (at >= trimmed(stop)) {
            return;
        }
        String name = familyName(stop);
        blanks();
        if (at < trimmed(stop)) {
            takeHelp(name, LabelText.unescape(string(at, trimmed(stop))));
        }
    }

    private void takeTypeLine(int stop, boolean wanted) {
        blanks();
        typeNameAt = at;
        if (wanted) {
            String name = familyName(stop);
            blanks();
            typeAt = at;
            takeType(name, type(word(stop)));
            return;
        }
        int i = trimmed(stop);
        while (i > at && data[i - 1] != ' ' && data[i - 1] != '\t') {
            i--;
        }
        typeAt = i;
    }

    private int trimmed(int stop) {
        return stop > at && data[stop - 1] == '\r' ? stop - 1 : stop;
    }

    /// The name after a keyword: bare, or in quotes if it is not an identifier.
    private String familyName(int stop) {
        blanks();
        if (at < stop && data[at] == '"') {
            int from = ++at;
            while (at < stop && data[at] != '"') {
                at += data[at] == '\\' ? 2 : 1;
            }
            if (at >= stop) {
                throw problem("a closing quote is missing");
            }
            return LabelText.unescape(string(from, at++));
        }
        int from = at;
        while (at < stop && LabelText.isNameByte(data[at], true)) {
            at++;
        }
        boolean over = at == stop || data[at] == ' ' || data[at] == '\t' || data[at] == '\r';
        if (from == at || !over) {
            throw problem("a valid metric name is expected after TYPE and HELP");
        }
        return string(from, at);
    }

    private String word(int stop) {
        blanks();
        int from = at;
        while (at < stop && data[at] != ' ' && data[at] != '\t' && data[at] != '\r') {
            at++;
        }
        return string(from, at);
    }

    private MetricMetadata.Type type(String word) {
        if (word.equals("untyped")) {
            return MetricMetadata.Type.UNKNOWN;
        }
        for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw problem("unknown metric type \"" + word + "\"");
    }

    private void blanks() {
        while (at < end && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
    }
}
