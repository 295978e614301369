package io.framewatch.query.promql.eval;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.histogram.Kahan;
import java.util.Locale;

/// `deriv`, `predict_linear`, `double_exponential_smoothing`: lines and trends through the floats
/// of a range.
final class TrendFunctions {

    private TrendFunctions() {}

    /// A line by least squares.
    private record Line(double slope, double intercept) {}

    static double deriv(Window window) {
        if (tooFew(window)) {
            return GridSeries.ABSENT;
        }
        return line(window, window.timeMs(firstFloat(window))).slope();
    }

    static double predictLinear(Window window) {
        if (tooFew(window)) {
            return GridSeries.ABSENT;
        }
        Line line = line(window, window.stepMs());
        return line.slope() * window.argument(0) + line.intercept();
    }

    private static boolean tooFew(Window window) {
        int histograms = window.histograms();
        RangeWarnings.histogramsIgnored(window, histograms);
        return window.size() - histograms < 2;
    }

    private static int firstFloat(Window window) {
        int first = window.from();
        while (window.histogram(first) != null) {
            first++;
        }
        return first;
    }

    private static Line line(Window window, long interceptMs) {
        int first = firstFloat(window);
        double start = window.value(first);
        boolean constant = true;
        Sum x = new Sum();
        Sum y = new Sum();
        Sum xy = new Sum();
        Sum xx = new Sum();
        double n = 0;
        for (int i = first; i < window.to(); i++) {
            if (window.histogram(i) != null) {
                continue;
            }
            double value = window.value(i);
            constant &= value == start;
            double seconds = (window.timeMs(i) - interceptMs) / 1000.0;
            n++;
            x.add(seconds);
            y.add(value);
            xy.add(seconds * value);
            xx.add(seconds * seconds);
        }
        if (constant) {
            return Double.isInfinite(start) ? new Line(Double.NaN, Double.NaN) : new Line(0, start);
        }
        double covariance = xy.value() - x.value() * y.value() / n;
        double variance = xx.value() - x.value() * x.value() / n;
        double slope = covariance / variance;
        return new Line(slope, y.value() / n - slope * x.value() / n);
    }

    /// A compensated sum.
    private static final class Sum {
        private double sum;
        private double lost;

        void add(double value) {
            double total = sum + value;
            lost = Double.isInfinite(total) ? 0 : lost + Kahan.lost(sum, value, total);
            sum = total;
        }

        double value() {
            return sum + lost;
        }
    }

    static double smoothing(Window window) {
        double factor = unit(window, 0, "smoothing", "sf");
        double trend = unit(window, 1, "trend", "tf");
        if (tooFew(window)) {
            return GridSeries.ABSENT;
        }
        double[] values = window.floats();
        double before = 0;
        double smoothed = values[0];
        double slope = values[1] - values[0];
        for (int i = 1; i < values.length; i++) {
            if (i > 1) {
                slope = trend * (smoothed - before) + (1 - trend) * slope;
            }
            double next = factor * values[i] + (1 - factor) * (smoothed + slope);
            before = smoothed;
            smoothed = next;
        }
        return smoothed;
    }

    private static double unit(Window window, int argument, String name, String symbol) {
        double factor = window.argument(argument);
        if (factor > 0 && factor < 1) {
            return factor;
        }
        throw new FaultException(
                Fault.caller(
                        "promql_eval",
                        window.annotations().position(window.span())
                                + ": invalid "
                                + name
                                + " factor. Expected: 0 < "
                                + symbol
                                + " < 1, got: "
                                + String.format(Locale.ROOT, "%f", factor)
                                + ".",
                        "Choose a factor between 0 and 1."));
    }
}
