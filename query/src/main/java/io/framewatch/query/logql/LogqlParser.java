package io.framewatch.query.logql;

import io.framewatch.model.Matcher;
import io.framewatch.query.logql.RangeAggregation.Grouping;
import io.framewatch.query.logql.RangeAggregation.Op;
import io.framewatch.query.logql.RangeAggregation.Unwrap;
import io.framewatch.query.logql.stage.LabelFilter;
import io.framewatch.query.logql.stage.Quantity;
import io.framewatch.query.logql.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads LogQL. Faults carry code `logql_parse` and the position. Thread safe.
public final class LogqlParser {

    /// Longest expression accepted, characters.
    public static final int LENGTH_MAX = 128 * 1024;

    private static final int LEAVES_MAX = 1000;

    /// Words that a list of labels may follow.
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    /// What may stand around range aggregations.
    private static final Set<String> OUTER_WORDS =
            Set.of(
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "count",
                    "stddev",
                    "stdvar",
                    "topk",
                    "bottomk",
                    "sort",
                    "sort_desc",
                    "label_replace",
                    "vector",
                    "bool",
                    "and",
                    "or",
                    "unless",
                    "inf",
                    "nan");

    private final Cursor in;
    private final PipelineParser pipelines;
    private final LabelFilterParser labelFilters;

    private LogqlParser(String text) {
        this.in = new Cursor(text);
        this.pipelines = new PipelineParser(in);
        this.labelFilters = new LabelFilterParser(in);
    }

    /// Reads an expression of lines or of numbers.
    public static LogqlExpr parse(String text) {
        LogqlParser parser = new LogqlParser(text);
        if (text.length() > LENGTH_MAX) {
            throw parser.in.fault("the expression has more than " + LENGTH_MAX + " characters");
        }
        if (parser.in.atEnd()) {
            throw parser.in.fault("the expression is empty");
        }
        if (parser.in.sees("{")) {
            return new LogqlExpr.Lines(parser.wholeLogQuery());
        }
        return new LogqlExpr.Numbers(parser.metricQuery(text));
    }

    private LogQuery wholeLogQuery() {
        LogQuery query = logQuery();
        if (!in.atEnd()) {
            throw in.fault("expected the end or a pipeline stage");
        }
        return query;
    }

    private LogQuery logQuery() {
        return new LogQuery(pipelines.selector(), List.copyOf(pipelines.stages()));
    }

    /// Walks over the text, turns every range aggregation into a leaf, and keeps the rest as
    /// PromQL.
    private MetricQuery metricQuery(String text) {
        StringBuilder promql = new StringBuilder(text);
        List<RangeAggregation> leaves = new ArrayList<>();
        while (!in.atEnd()) {
            if (in.seesString()) {
                in.string();
                continue;
            }
            if (in.sees("{")) {
                throw in.fault(
                        "lines stand where numbers are wanted; wrap them, as in count_over_time({...}[5m])");
            }
            String word = in.peekWord();
            if (word.isEmpty()) {
                in.skipOne();
                continue;
            }
            int start = in.position();
            in.word();
            Op op = op(word);
            if (op != null && in.sees("(")) {
                leaves.add(rangeAggregation(op));
                replace(promql, start, in.position(), MetricQuery.leafName(leaves.size() - 1));
            } else if (LABEL_LISTS.contains(word)) {
                skipLabelList();
            } else if (!OUTER_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                throw in.fault("\"" + word + "\" is no function of LogQL", start);
            }
            if (leaves.size() > LEAVES_MAX) {
                throw in.fault(
                        "the expression has more than " + LEAVES_MAX + " range aggregations");
            }
        }
        return new MetricQuery(promql.toString(), List.copyOf(leaves));
    }

    private void skipLabelList() {
        if (in.sees("(")) {
            int close = in.closing(in.position());
            if (close < 0) {
                throw in.fault("a bracket does not close");
            }
            in.position(close + 1);
        }
    }

    private static @Nullable Op op(String word) {
        for (Op op : Op.values()) {
            if (op.name().toLowerCase(Locale.ROOT).equals(word)) {
                return op;
            }
        }
        return null;
    }

    /// Puts `name` in place of the characters between two positions and keeps the length and the
    /// line feeds.
    private static void replace(StringBuilder text, int from, int to, String name) {
        for (int i = from; i < to; i++) {
            if (i - from < name.length()) {
                text.setCharAt(i, name.charAt(i - from));
            } else if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }

    private RangeAggregation rangeAggregation(Op op) {
        int start = in.position();
        in.expect("(");
        double parameter = 0;
        if (op == Op.QUANTILE_OVER_TIME) {
            String word = in.quantity();
            parameter =
                    Quantity.NUMBER
                            .parse(word)
                            .orElseThrow(() -> in.fault("expected the quantile, 0 to 1", start));
            in.expect(",");
        }
        int brackets = 0;
        while (in.take("(")) {
            brackets++;
        }
        List<Matcher> matchers = pipelines.selector();
        long rangeMs = in.sees("[") ? in.range() : 0;
        long offsetMs = rangeMs > 0 ? offset() : 0;
        List<Stage> stages = new ArrayList<>(pipelines.stages());
        Unwrap unwrap = unwrap();
        for (; brackets > 0 && in.take(")"); brackets--) {
            stages.addAll(pipelines.stages());
        }
        if (rangeMs == 0) {
            rangeMs = in.range();
            offsetMs = offset();
        }
        for (; brackets > 0; brackets--) {
            in.expect(")");
        }
        in.expect(")");
        checkUnwrap(op, unwrap, start);
        LogQuery query = new LogQuery(matchers, List.copyOf(stages));
        return new RangeAggregation(op, parameter, query, unwrap, rangeMs, offsetMs, grouping(op));
    }

    private long offset() {
        return in.takeWord("offset") ? in.duration() : 0;
    }

    private void checkUnwrap(Op op, @Nullable Unwrap unwrap, int position) {
        String name = op.name().toLowerCase(Locale.ROOT);
        switch (op.takes()) {
            case LINES -> {
                if (unwrap != null) {
                    throw in.fault(name + " counts lines and takes no unwrap", position);
                }
            }
            case VALUES -> {
                if (unwrap == null) {
                    throw in.fault(
                            name + " needs a value: add | unwrap LABEL before the range", position);
                }
            }
            case EITHER -> {}
        }
    }

    private @Nullable Unwrap unwrap() {
        int start = in.position();
        if (!in.take("|") || !in.takeWord("unwrap")) {
            in.position(start);
            return null;
        }
        String label = in.word();
        Quantity unit = Quantity.NUMBER;
        if (in.take("(")) {
            unit =
                    switch (label) {
                        case "duration", "duration_seconds" -> Quantity.DURATION;
                        case "bytes" -> Quantity.BYTES;
                        default ->
                                throw in.fault(
                                        "unwrap converts by duration(), duration_seconds() or bytes()",
                                        start);
                    };
            label = in.word();
            in.expect(")");
        }
        List<LabelFilter> filters = new ArrayList<>();
        while (in.take("|")) {
            filters.add(labelFilters.filter());
        }
        return new Unwrap(label, unit, List.copyOf(filters));
    }

    private @Nullable Grouping grouping(Op op) {
        int start = in.position();
        boolean without = in.peekWord().equals("without");
        if (!without && !in.peekWord().equals("by")) {
            return null;
        }
        in.word();
        if (!op.grouped()) {
            throw in.fault(
                    op.name().toLowerCase(Locale.ROOT)
                            + " takes no grouping; aggregate around it, as in sum by (...)",
                    start);
        }
        in.expect("(");
        List<String> labels = new ArrayList<>();
        while (!in.take(")")) {
            if (!labels.isEmpty()) {
                in.expect(",");
            }
            labels.add(in.word());
        }
        return new Grouping(without, List.copyOf(labels));
    }
}
