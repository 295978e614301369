package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.query.promql.ast.Expr.Mode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta`: the difference between the ends of a range, extrapolated to the
/// whole range as Prometheus does it. Counters are corrected for resets and not extrapolated below
/// zero.
final class RateFunctions {

    private static final double EXTRAPOLATION_MAX = 1.1;

    private RateFunctions() {}

    static double rate(Window window) {
        return compute(window, true, true);
    }

    static double increase(Window window) {
        return compute(window, true, false);
    }

    static double delta(Window window) {
        return compute(window, false, false);
    }

    private static double compute(Window window, boolean counter, boolean perSecond) {
        if (window.mode() != Mode.PLAIN) {
            return ExtendedRate.compute(window, counter, perSecond);
        }
        int histograms = window.histograms();
        if (histograms > 0 && histograms < window.size()) {
            return RangeWarnings.mixed(window);
        }
        if (counter) {
            StartTimes.warnOverlaps(window);
        }
        boolean fromStart = counter && StartTimes.startsInside(window);
        if (window.size() < 2 && !fromStart) {
            return GridSeries.ABSENT;
        }
        return histograms > 0
                ? histogram(window, counter, perSecond, fromStart)
                : floats(window, counter, perSecond, fromStart);
    }

    private static double floats(
            Window window, boolean counter, boolean perSecond, boolean fromStart) {
        int first = window.from();
        int last = window.to() - 1;
        double result = window.value(last) - window.value(first);
        if (counter) {
            for (int i = first + 1; i <= last; i++) {
                if (StartTimes.reset(window, i) || window.value(i) < window.value(i - 1)) {
                    result += window.value(i - 1);
                }
            }
            CounterNames.check(window);
        }
        if (fromStart) {
            result += window.value(first);
        }
        double zeroShare =
                window.value(first) >= 0 && result > 0 ? window.value(first) / result : -1;
        return result * factor(window, counter, perSecond, zeroShare, fromStart);
    }

    /// What to multiply the difference between first and last sample with.
    ///
    /// @param zeroShare the first value as a share of the difference, negative if that says nothing
    ///   about when the counter was zero
    /// @param fromStart whether the counting is known to have begun inside the range, with zero
    private static double factor(
            Window window,
            boolean counter,
            boolean perSecond,
            double zeroShare,
            boolean fromStart) {
        int first = window.from();
        int last = window.to() - 1;
        double factor =
                fromStart
                        ? fromStart(window, first, last)
                        : factor(
                                window.timeMs(first),
                                window.timeMs(last),
                                last - first,
                                window.startMs(),
                                window.endMs(),
                                counter ? zeroShare : -1);
        return perSecond ? factor / window.rangeSeconds() : factor;
    }

    /// As below, where the counting is known to have begun with zero inside the range.
    private static double fromStart(Window window, int first, int last) {
        double sampled = (window.timeMs(last) - window.startTimestampMs(first)) / 1000.0;
        double toEnd = (window.endMs() - window.timeMs(last)) / 1000.0;
        double average =
                first == last
                        ? 0
                        : (window.timeMs(last) - window.timeMs(first)) / 1000.0 / (last - first);
        if (toEnd >= average * EXTRAPOLATION_MAX) {
            toEnd = average / 2;
        }
        return (sampled + toEnd) / sampled;
    }

    /// By how much the difference between two samples grows when it is extrapolated to the whole
    /// range.
    ///
    /// @param gaps samples between `firstMs` and `lastMs`, the last one counted
    /// @param zeroShare as above
    static double factor(
            long firstMs, long lastMs, int gaps, long startMs, long endMs, double zeroShare) {
        double sampled = (lastMs - firstMs) / 1000.0;
        double toStart = (firstMs - startMs) / 1000.0;
        double toEnd = (endMs - lastMs) / 1000.0;
        double average = sampled / gaps;
        double threshold = average * EXTRAPOLATION_MAX;
        if (toStart >= threshold) {
            toStart = average / 2;
        }
        if (zeroShare >= 0) {
            toStart = Math.min(toStart, sampled * zeroShare);
        }
        if (toEnd >= threshold) {
            toEnd = average / 2;
        }
        return (sampled + toStart + toEnd) / sampled;
    }

    private static double histogram(
            Window window, boolean counter, boolean perSecond, boolean fromStart) {
        int first = window.from();
        NativeHistogram start = Objects.requireNonNull(window.histogram(first));
        HistogramSum sum = difference(window, counter);
        if (sum == null) {
            return GridSeries.ABSENT;
        }
        if (fromStart) {
            if (!sum.accepts(start)) {
                return RangeWarnings.mixedBuckets(window);
            }
            sum.add(start);
        }
        double count = sum.copy().build().count();
        double zeroShare = count > 0 && start.count() >= 0 ? start.count() / count : -1;
        sum.scale(factor(window, counter, perSecond, zeroShare, fromStart));
        return window.answer(sum.hint(ResetHint.GAUGE).build());
    }

    private static @Nullable HistogramSum difference(Window window, boolean counter) {
        int first = window.from();
        int last = window.to() - 1;
        NativeHistogram start = Objects.requireNonNull(window.histogram(first));
        NativeHistogram end = Objects.requireNonNull(window.histogram(last));
        if (counter) {
            warnGauges(window);
        } else if (start.resetHint() != ResetHint.GAUGE || end.resetHint() != ResetHint.GAUGE) {
            RangeWarnings.notGauge(window);
        }
        boolean resetAtOnce = counter && first < last && reset(window, first + 1);
        int from = resetAtOnce ? first + 1 : first;
        if (mixesBuckets(window, from, counter)) {
            RangeWarnings.mixedBuckets(window);
            return null;
        }
        HistogramSum sum = HistogramSum.of(end);
        if (resetAtOnce) {
            sum.reduceTo(Objects.requireNonNull(window.histogram(from)).schema());
        } else {
            sum.subtract(start);
        }
        RangeWarnings.reconciled(window.annotations(), window.span(), sum, "subtraction");
        if (counter) {
            for (int i = from + 1; i <= last; i++) {
                if (reset(window, i)) {
                    sum.add(Objects.requireNonNull(window.histogram(i - 1)));
                }
            }
        }
        return sum;
    }

    static boolean reset(Window window, int index) {
        return StartTimes.reset(window, index)
                || CounterResets.between(
                        Objects.requireNonNull(window.histogram(index - 1)),
                        Objects.requireNonNull(window.histogram(index)));
    }

    private static void warnGauges(Window window) {
        for (int i = window.from(); i < window.to(); i++) {
            if (Objects.requireNonNull(window.histogram(i)).resetHint() == ResetHint.GAUGE) {
                RangeWarnings.notCounter(window);
                return;
            }
        }
    }

    private static boolean mixesBuckets(Window window, int from, boolean counter) {
        int last = window.to() - 1;
        NativeHistogram end = Objects.requireNonNull(window.histogram(last));
        for (int i = from; i < last; i++) {
            boolean relevant = counter || i == from;
            if (relevant
                    && !HistogramSum.compatible(Objects.requireNonNull(window.histogram(i)), end)) {
                return true;
            }
        }
        return false;
    }
}
