package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// Moves a window over the samples of a series, applying a function at each step.
final class Windows {

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
        Window window =
                new Window(samples, call, mode, rangeMs, run.lookbackMs(), run.annotations());
        boolean outside = mode != Mode.PLAIN;
        GridSeries series = null;
        for (int step = from; step < to; step++) {
            long stepMs = grid.timeMs(step);
            window.moveTo(step, stepMs, time.resolve(stepMs));
            if (window.size() == 0 && !outside) {
                continue;
            }
            double value = call.function().apply(window);
            if (GridSeries.isAbsent(value)) {
                continue;
            }
            if (series == null) {
                boolean drop = nameDropped || !RangeFunctions.keepsName(call.name());
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
