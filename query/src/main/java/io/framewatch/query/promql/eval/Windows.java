package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// Moves a window over the samples of a series, applying a function at each step.
final class Windows {

    /// Samples after which the time limit is looked at.
    private static final int CHECK_EVERY = 1_000_000;

    private Windows() {}

    /// The function at the steps from `from` to `to` (exclusive), or null if it has no value there.
    static @Nullable GridSeries apply(
            SeriesSamples samples,
            RangeCall call,
            Mode mode,
            LeafTime time,
            long rangeMs,
            boolean nameDropped,
            StepGrid grid,
            int from,
            int to,
            QueryRun run) {
        boolean drop = nameDropped || !RangeFunctions.keepsName(call.name());
        CounterWindows counters = CounterWindows.of(samples, call, mode);
        if (counters != null) {
            GridSeries series = counters.apply(time, rangeMs, drop, grid, from, to);
            if (series != null && !call.name().equals("delta")) {
                CounterNames.check(samples.labels(), call.span(), run.annotations());
            }
            return series;
        }
        OverTimeWindows plain = OverTimeWindows.of(samples, call, mode);
        if (plain != null) {
            return plain.apply(time, rangeMs, drop, grid, from, to);
        }
        Window window =
                new Window(samples, call, mode, rangeMs, run.lookbackMs(), run.annotations());
        boolean outside = mode != Mode.PLAIN;
        GridSeries series = null;
        long work = 0;
        for (int step = from; step < to; step++) {
            long stepMs = grid.timeMs(step);
            window.moveTo(step, stepMs, time.resolve(stepMs));
            if (window.size() == 0 && !outside) {
                continue;
            }
            work += window.size();
            if (work > CHECK_EVERY) {
                run.checkTime();
                work = 0;
            }
            double value = call.function().apply(window);
            if (GridSeries.isAbsent(value)) {
                continue;
            }
            if (series == null) {
                series = GridSeries.empty(samples.labels(), drop, grid.steps());
            }
            NativeHistogram histogram = window.answered();
            if (histogram != null) {
                series.set(step, histogram);
            } else {
                series.set(step, value);
            }
        }
        return series;
    }
}
