package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramText;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.eval.Grouping.Group;
import io.framewatch.query.promql.parse.Literals;
import io.framewatch.query.promql.print.Quoting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `count_values`: how often each value occurs in a group.
final class ValueCounts {

    private ValueCounts() {}

    /// Refuses a label name that is none.
    static void checkLabel(QueryRun run, Expr parameter) {
        String label = Evaluator.text(parameter);
        if (!Literals.isLabelName(label)) {
            throw run.fault(
                    parameter.span(),
                    "invalid label name " + Quoting.string(label),
                    "Choose a valid label name.");
        }
    }

    /// The counts of a group under `label`, unless that is among the labels to do without.
    static List<GridSeries> of(Group group, String label, Aggregate aggregate, StepGrid grid) {
        boolean kept = !aggregate.without() || !aggregate.grouping().contains(label);
        Map<String, GridSeries> counts = new LinkedHashMap<>();
        for (GridSeries member : group.members()) {
            for (int step = 0; step < grid.steps(); step++) {
                if (!member.has(step)) {
                    continue;
                }
                NativeHistogram histogram = member.histogram(step);
                String value =
                        histogram == null
                                ? FloatFormat.plain(member.value(step))
                                : HistogramText.of(histogram);
                GridSeries count =
                        counts.computeIfAbsent(
                                value, v -> empty(group, label, kept ? v : "", grid));
                count.set(step, count.has(step) ? count.value(step) + 1 : 1);
            }
        }
        return new ArrayList<>(counts.values());
    }

    private static GridSeries empty(Group group, String label, String value, StepGrid grid) {
        return GridSeries.empty(group.labels().with(label, value), group.dropName(), grid.steps());
    }

    /// Adds up the counts of groups that the new label made equal.
    static List<GridSeries> merge(List<GridSeries> series, int steps) {
        Map<Labels, GridSeries> merged = new LinkedHashMap<>();
        for (GridSeries each : series) {
            GridSeries present = merged.putIfAbsent(each.labels(), each);
            if (present == null) {
                continue;
            }
            for (int step = 0; step < steps; step++) {
                if (each.has(step)) {
                    double before = present.has(step) ? present.value(step) : 0;
                    present.set(step, before + each.value(step));
                }
            }
        }
        return new ArrayList<>(merged.values());
    }
}
