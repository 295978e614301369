package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.parse.Literals;
import io.framewatch.query.promqltest.Command.Clear;
import io.framewatch.query.promqltest.Command.Eval;
import io.framewatch.query.promqltest.Command.Expectation;
import io.framewatch.query.promqltest.Command.Load;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads scripts line by line. A command takes the lines after it up to a blank line, a comment or
/// the next command.
final class ScriptParser {

    private static final List<String> COMMANDS =
            List.of(
                    "clear",
                    "load",
                    "load_with_nhcb",
                    "eval",
                    "eval_fail",
                    "eval_warn",
                    "eval_info",
                    "eval_ordered");

    private final String[] lines;
    private int at;

    ScriptParser(String script) {
        this.lines = script.split("\n", -1);
    }

    /// The next command, or null at the end.
    ///
    /// Throws [ScriptException] for a line it cannot read; the next call goes on after it.
    @Nullable Command next() {
        while (at < lines.length && isEmpty(lines[at])) {
            at++;
        }
        if (at >= lines.length) {
            return null;
        }
        int line = at + 1;
        String head = lines[at++].strip();
        List<String> words = words(head, 1);
        String word = words.getFirst();
        return switch (word) {
            case "clear" -> new Clear(line);
            case "load", "load_with_nhcb" -> load(line, head, word.equals("load_with_nhcb"));
            case "eval", "eval_fail", "eval_warn", "eval_info", "eval_ordered" ->
                    eval(line, head, word);
            default -> throw new ScriptException("unknown command: " + head);
        };
    }

    /// The line read last, from 1.
    int line() {
        return at;
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    /// The first `count` words, then the rest.
    private static List<String> words(String text, int count) {
        return List.of(text.strip().split("\\s+", count + 1));
    }

    private boolean inBlock() {
        if (at >= lines.length || isEmpty(lines[at])) {
            return false;
        }
        boolean indented = Character.isWhitespace(lines[at].charAt(0));
        return indented || !COMMANDS.contains(words(lines[at], 1).getFirst());
    }

    private Load load(int line, String head, boolean customHistograms) {
        List<String> words = words(head, 2);
        if (words.size() < 2) {
            throw new ScriptException("load without step");
        }
        List<SeriesLine> series = new ArrayList<>();
        while (inBlock()) {
            series.add(seriesLine(at + 1, lines[at++].strip()));
        }
        return new Load(line, timeMs(words.get(1)), customHistograms, series);
    }

    private static SeriesLine seriesLine(int line, String text) {
        LabelsParser parser = new LabelsParser(text);
        Labels labels = parser.parse();
        String rest = text.substring(parser.end());
        boolean startTimes = rest.startsWith("@st");
        return new SeriesLine(
                line,
                labels,
                startTimes,
                startTimes
                        ? SequenceParser.startTimes(rest.substring("@st".length()))
                        : SequenceParser.values(rest));
    }

    private static long timeMs(String text) {
        boolean minus = text.startsWith("-");
        String size = minus ? text.substring(1) : text;
        Long ms = Literals.durationMs(size);
        if (ms == null) {
            try {
                ms = Math.round(Double.parseDouble(size) * 1000);
            } catch (NumberFormatException e) {
                throw new ScriptException("no time: " + text);
            }
        }
        return minus ? -ms : ms;
    }

    private Eval eval(int line, String head, String word) {
        List<String> words = words(head, 2);
        boolean range = words.get(1).equals("range");
        if (words.size() < 3) {
            throw new ScriptException("eval without query");
        }
        String rest = words.get(2);
        long start;
        long end;
        long step = 0;
        if (range) {
            List<String> parts = words(rest, 6);
            if (parts.size() < 7) {
                throw new ScriptException("expected: eval range from A to B step C QUERY");
            }
            start = timeMs(parts.get(1));
            end = timeMs(parts.get(3));
            step = timeMs(parts.get(5));
            rest = parts.get(6);
        } else {
            List<String> parts = words(rest, 2);
            if (parts.size() < 3) {
                throw new ScriptException("expected: eval instant at T QUERY");
            }
            start = timeMs(parts.get(1));
            end = start;
            rest = parts.get(2);
        }
        ExpectationParser expectation = new ExpectationParser(word, range);
        while (inBlock()) {
            expectation.line(at + 1, lines[at++].strip());
        }
        Expectation expected = expectation.build();
        return new Eval(line, range, start, end, step, rest, expected);
    }

    /// Reads the lines below an `eval`.
    private static final class ExpectationParser {
        private final boolean range;
        private boolean fail;
        private boolean ordered;
        private boolean noWarn;
        private boolean noInfo;
        private final List<TextMatch> failTexts = new ArrayList<>();
        private final List<TextMatch> warn = new ArrayList<>();
        private final List<TextMatch> info = new ArrayList<>();
        private @Nullable Double scalar;
        private @Nullable String string;
        private long @Nullable [] matrix;
        private final List<SeriesLine> series = new ArrayList<>();

        ExpectationParser(String word, boolean range) {
            this.range = range;
            this.fail = word.equals("eval_fail");
            this.ordered = word.equals("eval_ordered");
            TextMatch any = new TextMatch(TextMatch.Kind.ANY, "");
            if (word.equals("eval_warn")) {
                warn.add(any);
            } else if (word.equals("eval_info")) {
                info.add(any);
            }
        }

        void line(int line, String text) {
            if (text.startsWith("expected_fail_message")) {
                fail = true;
                failTexts.add(new TextMatch(TextMatch.Kind.TEXT, text.substring(21).strip()));
            } else if (text.startsWith("expected_fail_regexp")) {
                fail = true;
                failTexts.add(new TextMatch(TextMatch.Kind.REGEX, text.substring(20).strip()));
            } else if (text.startsWith("expect ")) {
                expect(text.substring("expect ".length()).strip());
            } else if (isNumber(text)) {
                scalar = SequenceParser.values(text).getFirst().value();
            } else {
                series.add(seriesLine(line, text));
            }
        }

        private boolean isNumber(String text) {
            char first = text.charAt(0);
            boolean number =
                    Character.isDigit(first) || first == '+' || first == '-' || first == '.';
            boolean word =
                    text.equalsIgnoreCase("nan")
                            || text.equalsIgnoreCase("inf")
                            || text.equalsIgnoreCase("+inf");
            return !range && text.indexOf(' ') < 0 && (number || word);
        }

        private void expect(String text) {
            String kind = words(text.replace(":", " : "), 1).getFirst();
            String rest = text.substring(kind.length()).strip();
            switch (kind) {
                case "fail" -> {
                    fail = true;
                    failTexts.add(match(rest));
                }
                case "warn" -> warn.add(match(rest));
                case "info" -> info.add(match(rest));
                case "no_warn" -> noWarn = true;
                case "no_info" -> noInfo = true;
                case "ordered" -> ordered = true;
                case "string" -> string = unquoted(rest);
                case "range" -> matrix = times(rest);
                default -> throw new ScriptException("unknown expectation: " + text);
            }
        }

        private static String unquoted(String text) {
            String value = Literals.unquote(text);
            if (value == null) {
                throw new ScriptException("no string: " + text);
            }
            return value;
        }

        private static long[] times(String text) {
            List<String> words = words(text, 6);
            if (words.size() != 7 || !words.getFirst().equals("vector")) {
                throw new ScriptException("expected: expect range vector from A to B step C");
            }
            return new long[] {timeMs(words.get(2)), timeMs(words.get(4)), timeMs(words.get(6))};
        }

        private static TextMatch match(String rest) {
            if (rest.isEmpty()) {
                return new TextMatch(TextMatch.Kind.ANY, "");
            }
            int colon = rest.indexOf(':');
            String kind = colon < 0 ? rest : rest.substring(0, colon).strip();
            String text = colon < 0 ? "" : rest.substring(colon + 1).strip();
            return switch (kind) {
                case "msg" -> new TextMatch(TextMatch.Kind.TEXT, text);
                case "regex" -> new TextMatch(TextMatch.Kind.REGEX, text);
                default -> throw new ScriptException("expected msg: or regex:, got " + rest);
            };
        }

        Expectation build() {
            return new Expectation(
                    fail,
                    List.copyOf(failTexts),
                    warn.isEmpty() ? null : List.copyOf(warn),
                    info.isEmpty() ? null : List.copyOf(info),
                    noWarn,
                    noInfo,
                    ordered,
                    scalar,
                    string,
                    matrix,
                    List.copyOf(series));
        }
    }
}
