package io.framewatch.query.promql.eval;

import io.framewatch.model.histogram.Kahan;
import java.util.Arrays;

/// Sums, means, quantiles and deviations of plain numbers, in Prometheus's way.
final class Numbers {

    private Numbers() {}

    /// The larger of two numbers. As in Go, infinity is larger even than what is no number.
    static double max(double a, double b) {
        double infinity = Double.POSITIVE_INFINITY;
        return a == infinity || b == infinity ? infinity : Math.max(a, b);
    }

    /// The smaller of two numbers. As in Go, minus infinity is smaller even than what is no number.
    static double min(double a, double b) {
        double infinity = Double.NEGATIVE_INFINITY;
        return a == infinity || b == infinity ? infinity : Math.min(a, b);
    }

    /// A compensated sum.
    static double sum(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double total = sum + value;
            lost = Double.isInfinite(total) ? 0 : lost + Kahan.lost(sum, value, total);
            sum = total;
        }
        return Double.isInfinite(sum) ? sum : sum + lost;
    }

    /// The mean: the compensated sum divided by the count or, where that sum overflows, a mean
    /// carried along.
    static double mean(double[] values) {
        Mean mean = new Mean();
        for (double value : values) {
            mean.add(value);
        }
        return mean.value();
    }

    /// A mean under construction.
    static final class Mean {
        private double sum;
        private double lost;
        private double count;
        private boolean incremental;

        void add(double value) {
            count++;
            if (!incremental) {
                double total = sum + value;
                if (!Double.isInfinite(total) || count == 1) {
                    lost = Double.isInfinite(total) ? 0 : lost + Kahan.lost(sum, value, total);
                    sum = total;
                    return;
                }
                incremental = true;
                sum /= count - 1;
                lost /= count - 1;
            }
            double share = (count - 1) / count;
            double kept = share * sum;
            double part = value / count;
            double total = kept + part;
            lost = Double.isInfinite(total) ? 0 : share * lost + Kahan.lost(kept, part, total);
            sum = total;
        }

        double value() {
            return incremental ? sum + lost : sum / count + lost / count;
        }
    }

    /// The mean of squared deviations from the mean.
    static double variance(double[] values) {
        double count = 0;
        double mean = 0;
        double meanLost = 0;
        double squares = 0;
        double squaresLost = 0;
        for (double value : values) {
            count++;
            double delta = value - (mean + meanLost);
            double total = mean + delta / count;
            meanLost =
                    Double.isInfinite(total)
                            ? 0
                            : meanLost + Kahan.lost(mean, delta / count, total);
            mean = total;
            double increment = delta * (value - (mean + meanLost));
            total = squares + increment;
            squaresLost =
                    Double.isInfinite(total)
                            ? 0
                            : squaresLost + Kahan.lost(squares, increment, total);
            squares = total;
        }
        return (squares + squaresLost) / count;
    }

    /// The quantile `q` by linear interpolation; NaN values count as smallest. Sorts `values`.
    static double quantile(double q, double[] values) {
        if (values.length == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        sortNanFirst(values);
        double rank = q * (values.length - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(values.length - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return values[lower] * (1 - weight) + values[upper] * weight;
    }

    private static void sortNanFirst(double[] values) {
        Arrays.sort(values);
        int nans = 0;
        while (nans < values.length && Double.isNaN(values[values.length - 1 - nans])) {
            nans++;
        }
        if (nans > 0) {
            System.arraycopy(values, 0, values, nans, values.length - nans);
            Arrays.fill(values, 0, nans, Double.NaN);
        }
    }

    /// The median distance from the median; NaN where a value is.
    static double medianDeviation(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return Double.NaN;
            }
        }
        double median = quantile(0.5, values);
        double[] distances = Arrays.stream(values).map(v -> Math.abs(v - median)).toArray();
        return quantile(0.5, distances);
    }
}
