package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.HistogramSum;

/// `irate` and `idelta`: the difference of the last two samples in the range.
final class LastTwoFunctions {

    private LastTwoFunctions() {}

    static double irate(Window window) {
        return compute(window, true);
    }

    static double idelta(Window window) {
        return compute(window, false);
    }

    private static double compute(Window window, boolean counter) {
        if (window.size() == 0) {
            return GridSeries.ABSENT;
        }
        int last = window.to() - 1;
        int previous = last - 1;
        if (window.size() < 2) {
            return GridSeries.ABSENT;
        }
        NativeHistogram current = window.histogram(last);
        NativeHistogram before = window.histogram(previous);
        double seconds = (window.timeMs(last) - window.timeMs(previous)) / 1000.0;
        if (current != null && before != null) {
            return histogram(window, before, current, counter, seconds);
        }
        if (current != null || before != null) {
            return RangeWarnings.mixed(window);
        }
        double value = window.value(last);
        boolean reset = value < window.value(previous) || StartTimes.reset(window, last);
        if (!counter) {
            return value - window.value(previous);
        }
        return (reset ? value : value - window.value(previous)) / seconds;
    }

    private static double histogram(
            Window window,
            NativeHistogram before,
            NativeHistogram current,
            boolean counter,
            double seconds) {
        boolean anyGauge =
                before.resetHint() == ResetHint.GAUGE || current.resetHint() == ResetHint.GAUGE;
        boolean bothGauges =
                before.resetHint() == ResetHint.GAUGE && current.resetHint() == ResetHint.GAUGE;
        if (counter && anyGauge) {
            RangeWarnings.notCounter(window);
        } else if (!counter && !bothGauges) {
            RangeWarnings.notGauge(window);
        }
        HistogramSum sum = HistogramSum.of(current);
        boolean reset = counter && RateFunctions.reset(window, window.to() - 1);
        if (!reset) {
            if (!sum.accepts(before)) {
                return RangeWarnings.mixedBuckets(window);
            }
            sum.subtract(before);
            RangeWarnings.reconciled(window.annotations(), window.span(), sum, "subtraction");
        }
        if (counter) {
            sum.divide(seconds);
        }
        return window.answer(sum.hint(ResetHint.GAUGE).build());
    }
}
