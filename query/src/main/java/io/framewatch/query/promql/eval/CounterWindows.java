package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.SeriesSamples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta` over series of plain floats, which is nearly all that dashboards
/// ask: the same formula as [RateFunctions], but resets are looked for once a series instead of
/// once a window, so that a step costs the same however long its window is.
final class CounterWindows {

    /// More than what rounding may add.
    private static final double ROUNDING = 1 + 1e-9;

    private final SeriesSamples samples;
    private final boolean counter;
    private final boolean perSecond;

    /// Indices of samples that are smaller than the one before.
    private int[] resets = {};

    // How the samples of the window before lay in it.
    private long toFirstMs = -1;
    private long spanMs;
    private long toEndMs;
    private int gaps;

    /// What their difference is multiplied with, unless the counter was zero in the window.
    private double factor;

    /// If the first value is more than this share of the difference, it was not.
    private double zeroShareMax;

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
        long[] times = samples.timestampsMs();
        long startMs = endMs - rangeMs;
        lie(times[first] - startMs, times[last] - times[first], endMs - times[last], last - first);
        boolean fromZero = counter && values[first] >= 0 && result > 0;
        if (!fromZero || values[first] > result * zeroShareMax) {
            return result * factor;
        }
        double exact =
                RateFunctions.factor(
                        times[first],
                        times[last],
                        last - first,
                        startMs,
                        endMs,
                        values[first] / result);
        return result * (perSecond ? exact / (rangeMs / 1000.0) : exact);
    }

    /// Notes how the samples of a window lie in it, milliseconds. Most series are sampled so evenly
    /// that one window is like the one before, which saves the divisions.
    private void lie(long toFirstMs, long spanMs, long toEndMs, int gaps) {
        if (toFirstMs == this.toFirstMs
                && spanMs == this.spanMs
                && toEndMs == this.toEndMs
                && gaps == this.gaps) {
            return;
        }
        this.toFirstMs = toFirstMs;
        this.spanMs = spanMs;
        this.toEndMs = toEndMs;
        this.gaps = gaps;
        long rangeMs = toFirstMs + spanMs + toEndMs;
        double whole = RateFunctions.factor(toFirstMs, toFirstMs + spanMs, gaps, 0, rangeMs, -1);
        factor = perSecond ? whole / (rangeMs / 1000.0) : whole;
        zeroShareMax = toFirstMs / (double) spanMs * ROUNDING;
    }
}
