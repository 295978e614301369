package io.framewatch.query.promql.eval;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions over range selectors and subqueries.
final class RangeEvaluator {

    /// Most evaluation times of one subquery: a year of minutes fits.
    private static final long SUBQUERY_STEPS_MAX = 1_000_000;

    private final Evaluator evaluator;
    private final QueryRun run;

    RangeEvaluator(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.run = evaluator.run();
    }

    List<GridSeries> apply(Expr range, RangeCall call, StepGrid grid, boolean resolveResets) {
        return switch (range.unwrapped()) {
            case MatrixSelector matrix ->
                    evaluator
                            .leaves()
                            .range(
                                    evaluator.selectors().range(matrix, call, resolveResets),
                                    grid,
                                    run);
            case Subquery subquery -> overSubquery(subquery, call, grid);
            default -> throw new IllegalStateException("checked to be a range: " + range);
        };
    }

    private List<GridSeries> overSubquery(Subquery subquery, RangeCall call, StepGrid grid) {
        LeafTime time = time(subquery);
        long rangeMs = evaluator.selectors().durations().positiveMs(subquery.range());
        List<GridSeries> result = new ArrayList<>();
        StepCounts counts = run.stepCounts();
        long[] counted = new long[counts == null ? 0 : grid.steps()];
        for (Inner inner : inner(subquery, time, rangeMs, grid).value()) {
            run.check();
            run.hold(grid.steps());
            if (counts != null) {
                StepCounts.windows(inner.samples(), time, rangeMs, grid, 0, grid.steps(), counted);
            }
            GridSeries series =
                    Windows.apply(
                            inner.samples(),
                            call,
                            Mode.PLAIN,
                            time,
                            rangeMs,
                            inner.nameDropped(),
                            grid,
                            0,
                            grid.steps(),
                            run);
            if (series != null) {
                result.add(series);
            } else {
                run.release(grid.steps());
            }
            run.release(inner.samples().size());
        }
        if (counts != null) {
            counts.add(counted);
        }
        return result;
    }

    LeafTime time(Subquery subquery) {
        Durations durations = evaluator.selectors().durations();
        return new LeafTime(durations.atMs(subquery.at()), durations.offsetMs(subquery.offset()));
    }

    /// The samples of a subquery's series.
    record Inner(SeriesSamples samples, boolean nameDropped) {}

    /// All samples the steps of `grid` can see, at times that are multiples of the subquery's step,
    /// and how many samples they were made from.
    QueryRun.Counted<List<Inner>> inner(
            Subquery subquery, LeafTime time, long rangeMs, StepGrid grid) {
        Durations durations = evaluator.selectors().durations();
        long stepMs =
                subquery.step() == null
                        ? run.subqueryStepMs()
                        : durations.positiveMs(subquery.step());
        long after = time.first(grid) - rangeMs;
        long first = (Math.floorDiv(after, stepMs) + 1) * stepMs;
        long last = time.last(grid);
        if (last < first) {
            return new QueryRun.Counted<>(List.of(), 0);
        }
        long steps = (last - first) / stepMs + 1;
        if (steps > SUBQUERY_STEPS_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "A subquery has "
                                    + steps
                                    + " steps; the limit is "
                                    + SUBQUERY_STEPS_MAX
                                    + ".",
                            "Shorten its range or widen its step."));
        }
        run.hold(steps);
        run.release(steps);
        StepGrid innerGrid = new StepGrid(first, stepMs, Math.toIntExact(steps));
        return run.counted(innerGrid.steps(), () -> inner(subquery, innerGrid));
    }

    private List<Inner> inner(Subquery subquery, StepGrid innerGrid) {
        List<Inner> result = new ArrayList<>();
        for (GridSeries series : evaluator.vector(subquery.inner(), innerGrid, false)) {
            SeriesSamples samples = samples(series, innerGrid);
            run.hold(samples.size());
            run.release(innerGrid.steps());
            result.add(new Inner(samples, series.dropName()));
        }
        return result;
    }

    static SeriesSamples samples(GridSeries series, StepGrid grid) {
        int size = series.count();
        long[] times = new long[size];
        double[] values = new double[size];
        @Nullable NativeHistogram[] histograms =
                series.mayHaveHistograms() ? new NativeHistogram[size] : null;
        int at = 0;
        for (int step = 0; step < grid.steps(); step++) {
            if (!series.has(step)) {
                continue;
            }
            times[at] = grid.timeMs(step);
            values[at] = series.value(step);
            NativeHistogram histogram = series.histogram(step);
            if (histograms != null && histogram != null) {
                histograms[at] = withoutHint(histogram);
            }
            at++;
        }
        return new SeriesSamples(series.labels(), size, times, values, histograms);
    }

    /// What a hint says about the sample before does not hold in a subquery.
    private static NativeHistogram withoutHint(NativeHistogram histogram) {
        return histogram.resetHint() == ResetHint.GAUGE
                ? histogram
                : CounterResets.withHint(histogram, ResetHint.UNKNOWN);
    }
}
