package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.store.SeriesSamples;

/// Interpolation between the samples around a time, for `smoothed`.
final class Smoothing {

    private Smoothing() {}

    static GridSeries instant(
            SeriesSamples samples,
            InstantLeaf leaf,
            StepGrid grid,
            int from,
            int to,
            QueryRun run) {
        GridSeries series = GridSeries.empty(samples.labels(), false, grid.steps());
        long[] times = samples.timestampsMs();
        int next = 0;
        for (int step = from; step < to; step++) {
            long time = leaf.time().resolve(grid.timeMs(step));
            while (next < samples.size() && times[next] <= time) {
                next++;
            }
            int before = next - 1;
            if (before < 0 || times[before] <= time - run.lookbackMs()) {
                continue;
            }
            boolean exact = times[before] == time;
            boolean hasAfter = next < samples.size() && times[next] <= time + run.lookbackMs();
            between(
                    series,
                    step,
                    samples,
                    before,
                    exact || !hasAfter ? before : next,
                    time,
                    leaf,
                    run);
        }
        return series;
    }

    private static void between(
            GridSeries series,
            int step,
            SeriesSamples samples,
            int before,
            int after,
            long time,
            InstantLeaf leaf,
            QueryRun run) {
        NativeHistogram first = samples.histogram(before);
        NativeHistogram second = samples.histogram(after);
        if (mixedAround(samples, time, run.lookbackMs())) {
            run.annotations()
                    .warn(leaf.span(), Annotations.named(RangeWarnings.MIXED, samples.labels()));
            return;
        }
        double fraction =
                before == after
                        ? 0
                        : (time - samples.timestampsMs()[before])
                                / (double)
                                        (samples.timestampsMs()[after]
                                                - samples.timestampsMs()[before]);
        if (first == null || second == null) {
            double y = samples.values()[before];
            series.set(step, y + (samples.values()[after] - y) * fraction);
            return;
        }
        if (!HistogramSum.compatible(first, second)) {
            run.annotations()
                    .warn(
                            leaf.span(),
                            Annotations.named(RangeWarnings.MIXED_BUCKETS, samples.labels()));
            return;
        }
        boolean counter = first.resetHint() != ResetHint.GAUGE;
        series.set(step, before == after ? first : interpolate(first, second, fraction, counter));
    }

    private static boolean mixedAround(SeriesSamples samples, long time, long lookbackMs) {
        if (samples.histograms() == null) {
            return false;
        }
        boolean floats = false;
        boolean histograms = false;
        for (int i = 0; i < samples.size(); i++) {
            long t = samples.timestampsMs()[i];
            if (t > time - lookbackMs && t <= time + lookbackMs) {
                boolean histogram = samples.histogram(i) != null;
                histograms |= histogram;
                floats |= !histogram;
            }
        }
        return floats && histograms;
    }

    /// The histogram at `fraction` of the way from `first` to `second`; of a counter that was reset
    /// on the way, of the way from zero.
    static NativeHistogram interpolate(
            NativeHistogram first, NativeHistogram second, double fraction, boolean counter) {
        if (counter && CounterResets.between(first, second)) {
            return HistogramSum.of(second).scale(fraction).build();
        }
        NativeHistogram difference =
                HistogramSum.of(second).subtract(first).scale(fraction).build();
        return HistogramSum.of(first).add(difference).hint(first.resetHint()).build();
    }

    /// The value at `fraction` of the way from `first` to `second`.
    static double interpolate(double first, double second, double fraction, boolean counter) {
        double from = counter && second < first ? 0 : first;
        return from + (second - from) * fraction;
    }

    /// How far `time` lies between the samples `before` and `before + 1` of a window.
    static double fraction(Window window, int before, long time) {
        double from = window.timeMs(before);
        return (time - from) / (window.timeMs(before + 1) - from);
    }
}
