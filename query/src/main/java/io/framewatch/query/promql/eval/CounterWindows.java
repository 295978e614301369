package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.SeriesSamples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta` over series of plain floats, which is nearly all that dashboards
/// ask: the same formula as [RateFunctions], but resets are looked for once a series instead of
/// once a window, so that a step costs the same however long its window is.
final class CounterWindows {

    private final SeriesSamples samples;
    private final boolean counter;
    private final boolean perSecond;

    /// Indices of samples that are smaller than the one before.
    private int[] resets = {};

    private CounterWindows(SeriesSamples samples, boolean counter, boolean perSecond) {
        this.samples = samples;
        this.counter = counter;
        this.perSecond = perSecond;
    }

    /// Such windows, or null if the function or the samples are of another kind.
    static @Nullable CounterWindows of(SeriesSamples samples, RangeCall call, Mode mode) {
        if (mode != Mode.PLAIN
                || samples.histograms() != null
                || samples.startTimestampsMs() != null) {
            return null;
        }
        return switch (call.name()) {
            case "rate" -> new CounterWindows(samples, true, true);
            case "increase" -> new CounterWindows(samples, true, false);
            case "delta" -> new CounterWindows(samples, false, false);
            default -> null;
        };
    }

    private void findResets() {
        double[] values = samples.values();
        int count = 0;
        for (int i = 1; i < samples.size(); i++) {
            if (values[i] < values[i - 1]) {
                if (count == resets.length) {
                    resets = Arrays.copyOf(resets, Math.max(4, count * 2));
                }
                resets[count++] = i;
            }
        }
        resets = Arrays.copyOf(resets, count);
    }

    /// The function at the steps from `from` to `to` (exclusive), or null if it has no value there.
    @Nullable GridSeries apply(
            LeafTime time, long rangeMs, boolean dropName, StepGrid grid, int from, int to) {
        if (counter) {
            findResets();
        }
        long[] times = samples.timestampsMs();
        int size = samples.size();
        GridSeries series = null;
        int first = 0;
        int after = 0;
        int reset = 0;
        for (int step = from; step < to; step++) {
            long endMs = time.resolve(grid.timeMs(step));
            while (after < size && times[after] <= endMs) {
                after++;
            }
            while (first < after && times[first] <= endMs - rangeMs) {
                first++;
            }
            if (after - first < 2) {
                continue;
            }
            while (reset < resets.length && resets[reset] <= first) {
                reset++;
            }
            if (series == null) {
                series = GridSeries.empty(samples.labels(), dropName, grid.steps());
            }
            series.values()[step] = value(first, after - 1, reset, endMs, rangeMs);
        }
        return series;
    }

    private double value(int first, int last, int firstReset, long endMs, long rangeMs) {
        double[] values = samples.values();
        double result = values[last] - values[first];
        for (int i = firstReset; i < resets.length && resets[i] <= last; i++) {
            result += values[resets[i] - 1];
        }
        double zeroShare = values[first] >= 0 && result > 0 ? values[first] / result : -1;
        long[] times = samples.timestampsMs();
        double factor =
                RateFunctions.factor(
                        times[first],
                        times[last],
                        last - first,
                        endMs - rangeMs,
                        endMs,
                        counter ? zeroShare : -1);
        return result * (perSecond ? factor / (rangeMs / 1000.0) : factor);
    }
}
