package io.framewatch.query.logql;

import com.google.re2j.Pattern;
import io.framewatch.model.Matcher;
import io.framewatch.query.logql.stage.Decolorize;
import io.framewatch.query.logql.stage.IpRange;
import io.framewatch.query.logql.stage.JsonParser;
import io.framewatch.query.logql.stage.KeepOrDrop;
import io.framewatch.query.logql.stage.LabelFormat;
import io.framewatch.query.logql.stage.LineFormat;
import io.framewatch.query.logql.stage.LineMatch;
import io.framewatch.query.logql.stage.LinePattern;
import io.framewatch.query.logql.stage.LogfmtParser;
import io.framewatch.query.logql.stage.RegexpParser;
import io.framewatch.query.logql.stage.Stage;
import io.framewatch.query.logql.stage.UnpackParser;
import io.framewatch.store.LogSelection.LineFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads `{selector} |= "text" | parser | filter ...`. Grammar: Loki's LogQL reference, log
/// queries.
final class PipelineParser {

    private static final Map<String, Matcher.Op> MATCH_OPS = new LinkedHashMap<>();
    private static final List<String> LINE_OPS = List.of("|=", "!=", "|~", "!~", "|>", "!>");

    static {
        MATCH_OPS.put("=~", Matcher.Op.REGEX);
        MATCH_OPS.put("!~", Matcher.Op.NOT_REGEX);
        MATCH_OPS.put("!=", Matcher.Op.NOT_EQUAL);
        MATCH_OPS.put("==", Matcher.Op.EQUAL);
        MATCH_OPS.put("=", Matcher.Op.EQUAL);
    }

    private final Cursor in;
    private final LabelFilterParser labelFilters;

    PipelineParser(Cursor in) {
        this.in = in;
        this.labelFilters = new LabelFilterParser(in);
    }

    /// `{a="b", c=~"d"}`
    List<Matcher> selector() {
        int start = in.position();
        in.expect("{");
        List<Matcher> matchers = new ArrayList<>();
        while (!in.take("}")) {
            if (!matchers.isEmpty()) {
                in.expect(",");
                if (in.take("}")) {
                    break;
                }
            }
            String name = in.word();
            matchers.add(Matcher.of(matchOp(in), name, in.string()));
        }
        if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
            throw in.fault(
                    "a selector needs a matcher that does not accept the empty value,"
                            + " such as {app=\"x\"} or {app=~\".+\"}",
                    start);
        }
        return List.copyOf(matchers);
    }

    static Matcher.Op matchOp(Cursor in) {
        for (Map.Entry<String, Matcher.Op> op : MATCH_OPS.entrySet()) {
            if (in.take(op.getKey())) {
                return op.getValue();
            }
        }
        throw in.fault("expected =, !=, =~ or !~");
    }

    /// Stages up to something that is none, or up to `| unwrap`.
    List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        while (true) {
            Stage filter = lineFilter();
            if (filter != null) {
                stages.add(filter);
                continue;
            }
            int start = in.position();
            if (!in.take("|")) {
                return stages;
            }
            if (in.peekWord().equals("unwrap")) {
                in.position(start);
                return stages;
            }
            stages.add(stage());
        }
    }

    private @Nullable Stage lineFilter() {
        for (String op : LINE_OPS) {
            if (in.take(op)) {
                boolean negated = op.startsWith("!");
                char kind = op.charAt(1);
                List<Predicate<String>> alternatives = new ArrayList<>();
                List<LineFilter> pushable = new ArrayList<>();
                do {
                    alternatives.add(alternative(kind, negated, pushable));
                } while (in.takeWord("or"));
                boolean push =
                        pushable.size() == alternatives.size() && (negated || pushable.size() == 1);
                return new LineMatch(
                        List.copyOf(alternatives),
                        negated,
                        push ? List.copyOf(pushable) : List.of());
            }
        }
        return null;
    }

    private Predicate<String> alternative(char kind, boolean negated, List<LineFilter> pushable) {
        if (kind == '=' && in.peekWord().equals("ip")) {
            in.word();
            in.expect("(");
            IpRange range = IpRange.parse(in.string());
            in.expect(")");
            return range;
        }
        String text = in.string();
        return switch (kind) {
            case '=' -> {
                pushable.add(new LineFilter.Contains(text, negated));
                yield line -> line.contains(text);
            }
            case '~' -> {
                Pattern pattern = in.pattern("(?s)" + text);
                pushable.add(new LineFilter.Matches(pattern, negated));
                yield line -> pattern.matcher(line).find();
            }
            default -> LinePattern.parse(text, false);
        };
    }

    private Stage stage() {
        return switch (in.peekWord()) {
            case "json" -> json();
            case "logfmt" -> logfmt();
            case "pattern" -> {
                in.word();
                yield LinePattern.parse(in.string(), true);
            }
            case "regexp" -> {
                in.word();
                yield new RegexpParser(in.pattern(in.string()));
            }
            case "unpack" -> {
                in.word();
                yield new UnpackParser();
            }
            case "decolorize" -> {
                in.word();
                yield new Decolorize();
            }
            case "keep", "drop" -> keepOrDrop(in.word().equals("keep"));
            case "line_format" -> {
                in.word();
                yield LineFormat.parse(in.string());
            }
            case "label_format" -> labelFormat();
            default -> labelFilters.filter();
        };
    }

    private Stage json() {
        in.word();
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        extractions().forEach((label, path) -> wanted.put(label, jsonPath(path)));
        return new JsonParser(wanted);
    }

    private Stage logfmt() {
        in.word();
        boolean strict = false;
        while (in.take("--")) {
            strict |= in.word().equals("strict");
        }
        return new LogfmtParser(extractions(), strict);
    }

    /// `label`, `label="expression"`, separated by commas; none at all is fine.
    private Map<String, String> extractions() {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (in.peekWord().isEmpty() || in.peekWord().equals("or")) {
            return wanted;
        }
        do {
            String label = in.word();
            wanted.put(label, in.take("=") ? in.string() : label);
        } while (in.take(","));
        return wanted;
    }

    private List<String> jsonPath(String path) {
        List<String> steps = new ArrayList<>();
        for (String step : path.split("[.\\[\\]\"]+")) {
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        if (steps.isEmpty()) {
            throw in.fault("an empty JSON path");
        }
        return steps;
    }

    private Stage keepOrDrop(boolean keep) {
        List<Matcher> labels = new ArrayList<>();
        do {
            String name = in.word();
            boolean valued = in.sees("=") || in.sees("!");
            labels.add(
                    valued
                            ? Matcher.of(matchOp(in), name, in.string())
                            : Matcher.of(Matcher.Op.REGEX, name, ".*"));
        } while (in.take(","));
        return new KeepOrDrop(keep, List.copyOf(labels));
    }

    private Stage labelFormat() {
        in.word();
        List<LabelFormat.Change> changes = new ArrayList<>();
        do {
            String label = in.word();
            in.expect("=");
            changes.add(
                    in.seesString()
                            ? LabelFormat.Change.template(label, in.string())
                            : LabelFormat.Change.rename(label, in.word()));
        } while (in.take(","));
        return new LabelFormat(List.copyOf(changes));
    }
}
