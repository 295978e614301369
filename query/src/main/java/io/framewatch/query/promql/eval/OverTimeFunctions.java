package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.NativeHistogram;

/// The `..._over_time` functions that pick a sample or work on floats only.
final class OverTimeFunctions {

    private OverTimeFunctions() {}

    static double last(Window window) {
        return sample(window, window.to() - 1);
    }

    static double first(Window window) {
        return sample(window, window.from());
    }

    private static double sample(Window window, int index) {
        NativeHistogram histogram = window.histogram(index);
        return histogram == null ? window.value(index) : window.answer(histogram);
    }

    static double timeOfFirst(Window window) {
        return window.timeMs(window.from()) / 1000.0;
    }

    static double timeOfLast(Window window) {
        return window.timeMs(window.to() - 1) / 1000.0;
    }

    static double min(Window window) {
        int at = extreme(window, -1);
        return at < 0 ? GridSeries.ABSENT : window.value(at);
    }

    static double max(Window window) {
        int at = extreme(window, 1);
        return at < 0 ? GridSeries.ABSENT : window.value(at);
    }

    static double timeOfMin(Window window) {
        int at = extreme(window, -1);
        return at < 0 ? GridSeries.ABSENT : window.timeMs(at) / 1000.0;
    }

    static double timeOfMax(Window window) {
        int at = extreme(window, 1);
        return at < 0 ? GridSeries.ABSENT : window.timeMs(at) / 1000.0;
    }

    /// Index of the last largest float, or smallest where `sign` is negative; NaN only if there is
    /// nothing else; -1 if there is no float.
    private static int extreme(Window window, int sign) {
        int histograms = window.histograms();
        RangeWarnings.histogramsIgnored(window, histograms);
        int best = -1;
        for (int i = window.from(); i < window.to(); i++) {
            if (histograms > 0 && window.histogram(i) != null) {
                continue;
            }
            double value = window.value(i);
            if (best < 0
                    || Double.isNaN(window.value(best))
                    || sign * value >= sign * window.value(best)) {
                best = i;
            }
        }
        return best;
    }

    static double variance(Window window) {
        double[] floats = floats(window);
        return floats.length == 0 ? GridSeries.ABSENT : Numbers.variance(floats);
    }

    static double deviation(Window window) {
        double[] floats = floats(window);
        return floats.length == 0 ? GridSeries.ABSENT : Math.sqrt(Numbers.variance(floats));
    }

    static double medianDeviation(Window window) {
        double[] floats = floats(window);
        return floats.length == 0 ? GridSeries.ABSENT : Numbers.medianDeviation(floats);
    }

    static double quantile(Window window) {
        double q = window.argument(0);
        double[] floats = floats(window);
        if (floats.length == 0) {
            return GridSeries.ABSENT;
        }
        if (Double.isNaN(q) || q < 0 || q > 1) {
            window.annotations()
                    .warn(
                            window.span(),
                            "quantile value should be between 0 and 1, got "
                                    + FloatFormat.general(q));
        }
        return Numbers.quantile(q, floats);
    }

    private static double[] floats(Window window) {
        RangeWarnings.histogramsIgnored(window, window.histograms());
        return window.floats();
    }
}
