package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.model.histogram.Kahan;
import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.eval.Grouping.Group;
import java.util.Arrays;
import java.util.List;

/// Aggregations that turn a group into one series.
final class Reduction {

    private final QueryRun run;
    private final Aggregate aggregate;
    private final StepGrid grid;
    private final Span span;

    Reduction(QueryRun run, Aggregate aggregate, StepGrid grid) {
        this.run = run;
        this.aggregate = aggregate;
        this.grid = grid;
        this.span = aggregate.inner().span();
    }

    private GridSeries empty(Group group) {
        return GridSeries.empty(group.labels(), group.dropName(), grid.steps());
    }

    static boolean anyHistograms(List<GridSeries> members) {
        for (GridSeries member : members) {
            if (member.mayHaveHistograms()) {
                return true;
            }
        }
        return false;
    }

    GridSeries count(Group group) {
        GridSeries result = empty(group);
        boolean count = aggregate.op() == AggregateOp.COUNT;
        for (GridSeries member : group.members()) {
            for (int step = 0; step < grid.steps(); step++) {
                if (member.has(step)) {
                    double before = result.has(step) ? result.value(step) : 0;
                    result.set(step, count ? before + 1 : 1);
                }
            }
        }
        return result;
    }

    GridSeries sumOrMean(Group group) {
        if (anyHistograms(group.members())) {
            return mixedSumOrMean(group);
        }
        return aggregate.op() == AggregateOp.SUM ? sum(group) : mean(group);
    }

    /// The hot path: one compensated sum per step, member after member.
    private GridSeries sum(Group group) {
        int steps = grid.steps();
        double[] sums = new double[steps];
        double[] lost = new double[steps];
        Arrays.fill(sums, GridSeries.ABSENT);
        for (GridSeries member : group.members()) {
            double[] values = member.values();
            for (int step = 0; step < steps; step++) {
                double value = values[step];
                if (GridSeries.isAbsent(value)) {
                    continue;
                }
                double sum = sums[step];
                if (GridSeries.isAbsent(sum)) {
                    sums[step] = value;
                    continue;
                }
                double total = sum + value;
                lost[step] =
                        Double.isInfinite(total) ? 0 : lost[step] + Kahan.lost(sum, value, total);
                sums[step] = total;
            }
        }
        for (int step = 0; step < steps; step++) {
            if (!GridSeries.isAbsent(sums[step]) && !Double.isInfinite(sums[step])) {
                sums[step] += lost[step];
            }
        }
        return GridSeries.of(group.labels(), group.dropName(), sums);
    }

    private GridSeries mean(Group group) {
        int steps = grid.steps();
        Numbers.Mean[] means = new Numbers.Mean[steps];
        boolean[] any = new boolean[steps];
        Arrays.setAll(means, _ -> new Numbers.Mean());
        for (GridSeries member : group.members()) {
            for (int step = 0; step < steps; step++) {
                if (member.has(step)) {
                    means[step].add(member.value(step));
                    any[step] = true;
                }
            }
        }
        GridSeries result = empty(group);
        for (int step = 0; step < steps; step++) {
            if (any[step]) {
                result.set(step, means[step].value());
            }
        }
        return result;
    }

    private GridSeries mixedSumOrMean(Group group) {
        GridSeries result = empty(group);
        for (int step = 0; step < grid.steps(); step++) {
            double[] floats = floatsAt(group, step);
            List<NativeHistogram> histograms = histogramsAt(group, step);
            if (histograms.isEmpty()) {
                if (floats.length > 0) {
                    boolean sum = aggregate.op() == AggregateOp.SUM;
                    result.set(step, sum ? Numbers.sum(floats) : Numbers.mean(floats));
                }
            } else if (floats.length > 0) {
                run.annotations()
                        .warn(span, "encountered a mix of histograms and floats for aggregation");
            } else {
                histogramAt(result, step, histograms, group.members().getFirst().labels());
            }
        }
        return result;
    }

    private void histogramAt(
            GridSeries result, int step, List<NativeHistogram> histograms, Labels first) {
        HistogramTotal total = new HistogramTotal(aggregate.op() == AggregateOp.AVG);
        for (NativeHistogram histogram : histograms) {
            if (!total.accepts(histogram)) {
                run.annotations().warn(span, Annotations.named(RangeWarnings.MIXED_BUCKETS, first));
                return;
            }
            total.add(histogram);
        }
        HistogramSum sum = total.sum();
        RangeWarnings.reconciled(run.annotations(), span, sum, "aggregation");
        RangeWarnings.conflict(run.annotations(), span, total.resetConflict(), "aggregation");
        result.set(step, total.build());
    }

    private static List<NativeHistogram> histogramsAt(Group group, int step) {
        return group.members().stream()
                .filter(member -> member.histogram(step) != null)
                .map(member -> java.util.Objects.requireNonNull(member.histogram(step)))
                .toList();
    }

    private static double[] floatsAt(Group group, int step) {
        double[] floats = new double[group.members().size()];
        int size = 0;
        for (GridSeries member : group.members()) {
            if (member.hasFloat(step)) {
                floats[size++] = member.value(step);
            }
        }
        return Arrays.copyOf(floats, size);
    }

    /// Tells of quantiles that are none.
    void checkQuantiles(double[] parameters) {
        Expr parameter = aggregate.parameter();
        for (double q : parameters) {
            if ((Double.isNaN(q) || q < 0 || q > 1) && parameter != null) {
                run.annotations()
                        .warn(
                                parameter.span(),
                                "quantile value should be between 0 and 1, got "
                                        + FloatFormat.general(q));
            }
        }
    }

    /// Aggregations that ignore histograms.
    GridSeries floats(Group group, double[] parameters) {
        boolean extreme = aggregate.op() == AggregateOp.MIN || aggregate.op() == AggregateOp.MAX;
        if (extreme && !anyHistograms(group.members())) {
            return extremes(group, aggregate.op() == AggregateOp.MAX);
        }
        GridSeries result = empty(group);
        boolean histograms = false;
        for (int step = 0; step < grid.steps(); step++) {
            double[] floats = floatsAt(group, step);
            histograms |= anyHistogramAt(group, step);
            if (floats.length > 0) {
                result.set(step, reduce(floats, parameters[step]));
            }
        }
        if (histograms) {
            ignored(run, aggregate);
        }
        return result;
    }

    /// The smallest or largest float at each step, member after member; NaN only where there is
    /// nothing else.
    private GridSeries extremes(Group group, boolean largest) {
        GridSeries result = empty(group);
        double[] best = result.values();
        for (GridSeries member : group.members()) {
            double[] values = member.values();
            for (int step = 0; step < best.length; step++) {
                double value = values[step];
                double known = best[step];
                boolean better = largest ? value > known : value < known;
                if (better || Double.isNaN(known) && !GridSeries.isAbsent(value)) {
                    best[step] = value;
                }
            }
        }
        return result;
    }

    static boolean anyHistogramAt(Group group, int step) {
        for (GridSeries member : group.members()) {
            if (member.histogram(step) != null) {
                return true;
            }
        }
        return false;
    }

    /// Tells that histograms were ignored.
    static void ignored(QueryRun run, Aggregate aggregate) {
        run.annotations()
                .info(
                        aggregate.inner().span(),
                        "ignored histogram in " + aggregate.op().word() + " aggregation");
    }

    private double reduce(double[] floats, double parameter) {
        return switch (aggregate.op()) {
            case MIN -> extreme(floats, -1);
            case MAX -> extreme(floats, 1);
            case STDDEV -> Math.sqrt(Numbers.variance(floats));
            case STDVAR -> Numbers.variance(floats);
            case QUANTILE -> Numbers.quantile(parameter, floats);
            case SUM, AVG, COUNT, GROUP, COUNT_VALUES, TOPK, BOTTOMK, LIMITK, LIMIT_RATIO ->
                    throw new IllegalStateException("no reduction of floats: " + aggregate.op());
        };
    }

    private static double extreme(double[] floats, int sign) {
        double best = floats[0];
        for (double value : floats) {
            if (sign * value > sign * best || Double.isNaN(best)) {
                best = value;
            }
        }
        return best;
    }
}
