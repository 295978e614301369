package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.query.promql.ast.Expr.Mode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta` with `anchored` or `smoothed`: no extrapolation; the range is
/// measured from the last samples at or before its ends, or from values interpolated at its ends.
final class ExtendedRate {

    private ExtendedRate() {}

    /// The samples that matter.
    ///
    /// @param first the last at or before the start of the range, else the first inside
    /// @param last the last at or before the end; where smoothed, the first at or after it
    /// @param leftBetween whether the start is interpolated between `first` and the next
    /// @param rightBetween whether the end is interpolated between `last` and the one before
    private record Ends(int first, int last, boolean leftBetween, boolean rightBetween) {}

    static double compute(Window window, boolean counter, boolean perSecond) {
        Ends ends = ends(window);
        if (ends == null) {
            return GridSeries.ABSENT;
        }
        int histograms = 0;
        for (int i = ends.first(); i <= ends.last(); i++) {
            histograms += window.histogram(i) == null ? 0 : 1;
        }
        if (histograms > 0 && histograms <= ends.last() - ends.first()) {
            return RangeWarnings.mixed(window);
        }
        double factor = perSecond ? 1 / window.rangeSeconds() : 1;
        if (histograms > 0) {
            return histogram(window, ends, counter, factor);
        }
        if (counter) {
            CounterNames.check(window);
        }
        return floats(window, ends, counter) * factor;
    }

    /// The last sample at or before the start of the range and within lookback, else the first
    /// inside.
    static int anchor(Window window) {
        int before = window.from() - 1;
        boolean usable =
                before >= 0 && window.timeMs(before) > window.startMs() - window.lookbackMs();
        return usable ? before : window.from();
    }

    private static @Nullable Ends ends(Window window) {
        boolean smoothed = window.mode() == Mode.SMOOTHED;
        int first = anchor(window);
        int last = window.to() - 1;
        boolean rightBetween = false;
        if (smoothed && window.to() < window.seriesSize()) {
            boolean exact = last >= 0 && window.timeMs(last) == window.endMs();
            boolean near = window.timeMs(window.to()) <= window.endMs() + window.lookbackMs();
            if (!exact && near) {
                last = window.to();
                rightBetween = true;
            }
        }
        if (last < 0
                || first >= window.seriesSize()
                || first > last
                || window.timeMs(first) > window.endMs()
                || window.timeMs(last) <= window.startMs()) {
            return null;
        }
        boolean leftBetween = smoothed && window.timeMs(first) < window.startMs();
        return new Ends(first, last, leftBetween, rightBetween);
    }

    private static double floats(Window window, Ends ends, boolean counter) {
        int first = ends.first();
        int last = ends.last();
        double left =
                ends.leftBetween()
                        ? Smoothing.interpolate(
                                window.value(first),
                                window.value(first + 1),
                                Smoothing.fraction(window, first, window.startMs()),
                                counter)
                        : window.value(first);
        double right =
                ends.rightBetween()
                        ? Smoothing.interpolate(
                                window.value(last - 1),
                                window.value(last),
                                Smoothing.fraction(window, last - 1, window.endMs()),
                                counter)
                        : window.value(last);
        double result = right - left;
        if (counter) {
            for (int i = firstReset(ends); i <= last; i++) {
                if (window.value(i) < window.value(i - 1)) {
                    result += window.value(i - 1);
                }
            }
        }
        return result;
    }

    /// The first sample whose reset is not yet part of the interpolated start.
    private static int firstReset(Ends ends) {
        return ends.leftBetween() ? ends.first() + 2 : ends.first() + 1;
    }

    private static double histogram(Window window, Ends ends, boolean counter, double factor) {
        NativeHistogram start = at(window, ends.first());
        boolean gauges = false;
        boolean allGauges = true;
        for (int i = ends.first(); i <= ends.last(); i++) {
            if (!HistogramSum.compatible(start, at(window, i))) {
                return RangeWarnings.mixedBuckets(window);
            }
            boolean gauge = at(window, i).resetHint() == ResetHint.GAUGE;
            gauges |= gauge;
            allGauges &= gauge;
        }
        if (counter && gauges) {
            RangeWarnings.notCounter(window);
        } else if (!counter && !allGauges) {
            RangeWarnings.notGauge(window);
        }
        int last = ends.last();
        NativeHistogram left =
                ends.leftBetween() ? between(window, ends.first(), true, counter) : start;
        NativeHistogram right =
                ends.rightBetween() ? between(window, last - 1, false, counter) : at(window, last);
        HistogramSum sum = HistogramSum.of(right).subtract(left);
        RangeWarnings.reconciled(window.annotations(), window.span(), sum, "subtraction");
        if (counter) {
            for (int i = firstReset(ends); i <= last; i++) {
                if (RateFunctions.reset(window, i)) {
                    sum.add(at(window, i - 1));
                }
            }
        }
        return window.answer(sum.scale(factor).hint(ResetHint.GAUGE).build());
    }

    private static NativeHistogram between(
            Window window, int before, boolean start, boolean counter) {
        long time = start ? window.startMs() : window.endMs();
        return Smoothing.interpolate(
                at(window, before),
                at(window, before + 1),
                Smoothing.fraction(window, before, time),
                counter);
    }

    private static NativeHistogram at(Window window, int index) {
        return Objects.requireNonNull(window.histogram(index));
    }
}
