package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import java.util.Arrays;

/// Tells whether a counter was reset between two histograms of a series, as Prometheus's
/// `FloatHistogram.DetectReset` does.
public final class CounterResets {

    private CounterResets() {}

    /// Whether `current` starts from zero again after `previous`. The hint of `current` decides
    /// where it says so; else a reset is what makes any part smaller, or cannot be anything else.
    public static boolean between(NativeHistogram previous, NativeHistogram current) {
        return switch (current.resetHint()) {
            case RESET -> true;
            case NO_RESET -> false;
            case UNKNOWN, GAUGE -> shrinks(previous, current);
        };
    }

    private static boolean shrinks(NativeHistogram previous, NativeHistogram current) {
        if (current.count() < previous.count()) {
            return true;
        }
        boolean custom = current.schema() == NativeHistogram.CUSTOM_BUCKETS;
        if (custom != (previous.schema() == NativeHistogram.CUSTOM_BUCKETS)) {
            return true;
        }
        HistogramSum before = HistogramSum.of(previous);
        HistogramSum after = HistogramSum.of(current);
        if (custom) {
            if (!Arrays.equals(previous.customValues(), current.customValues())) {
                double[] common =
                        HistogramSum.common(previous.customValues(), current.customValues());
                before.moveTo(common);
                after.moveTo(common);
            }
            return shrinks(before.positive(), after.positive());
        }
        if (current.schema() > previous.schema()
                || current.zeroThreshold() < previous.zeroThreshold()) {
            return true;
        }
        if (current.zeroThreshold() != previous.zeroThreshold()) {
            before.widenZero(current.zeroThreshold());
            if (before.zeroThreshold() != current.zeroThreshold()) {
                return true;
            }
        }
        if (current.zeroCount() < before.zeroCount()) {
            return true;
        }
        before.reduceTo(current.schema());
        return shrinks(before.positive(), after.positive())
                || shrinks(before.negative(), after.negative());
    }

    private static boolean shrinks(Cells before, Cells after) {
        int j = 0;
        for (int i = 0; i < before.size(); i++) {
            while (j < after.size() && after.index(j) < before.index(i)) {
                if (after.count(j) < 0) {
                    return true;
                }
                j++;
            }
            boolean found = j < after.size() && after.index(j) == before.index(i);
            if ((found ? after.count(j) : 0) < before.count(i)) {
                return true;
            }
            if (found) {
                j++;
            }
        }
        return false;
    }

    /// `current` with a hint that is known: what the hint says, or what comparing with `previous`
    /// finds. Gauges stay gauges.
    public static NativeHistogram resolved(NativeHistogram previous, NativeHistogram current) {
        if (current.resetHint() != ResetHint.UNKNOWN) {
            return current;
        }
        return withHint(current, between(previous, current) ? ResetHint.RESET : ResetHint.NO_RESET);
    }

    /// The same histogram with another hint.
    public static NativeHistogram withHint(NativeHistogram histogram, ResetHint hint) {
        return histogram.resetHint() == hint
                ? histogram
                : new NativeHistogram(
                        hint,
                        histogram.schema(),
                        histogram.zeroThreshold(),
                        histogram.zeroCount(),
                        histogram.count(),
                        histogram.sum(),
                        histogram.positiveSpans(),
                        histogram.positiveBuckets(),
                        histogram.negativeSpans(),
                        histogram.negativeBuckets(),
                        histogram.customValues());
    }
}
