package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A histogram with explicit buckets, as numbers.
///
/// @param bounds upper bounds, ascending, `+Inf` left out
/// @param numbers counts by bucket, one more than bounds; then the sum, then the count
/// @param hasSum whether the sender gave a sum
/// @param gone whether the point only says that there is no value any more
record Explicit(double[] bounds, double[] numbers, boolean hasSum, boolean gone) {

    /// The numbers of a point; null if its buckets do not fit its bounds.
    static @Nullable Explicit of(HistogramDataPoint point, boolean gone) {
        int buckets = point.getBucketCountsCount();
        List<Double> limits = point.getExplicitBoundsList();
        boolean fits = buckets == 0 || buckets == limits.size() + 1;
        if (!fits || !ascending(limits) || point.getCount() < 0) {
            return null;
        }
        double[] numbers = new double[Math.max(buckets, 1) + 2];
        for (int i = 0; i < buckets; i++) {
            if (point.getBucketCounts(i) < 0) {
                return null;
            }
            numbers[i] = point.getBucketCounts(i);
        }
        double[] bounds = buckets == 0 ? new double[0] : array(limits);
        if (buckets == 0) {
            numbers[0] = point.getCount();
        }
        numbers[numbers.length - 2] = point.getSum();
        numbers[numbers.length - 1] = point.getCount();
        return new Explicit(bounds, numbers, point.hasSum(), gone);
    }

    private static double[] array(List<Double> limits) {
        return limits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean ascending(List<Double> bounds) {
        for (int i = 0; i < bounds.size(); i++) {
            boolean infinite = Double.isInfinite(bounds.get(i));
            if (Double.isNaN(bounds.get(i))
                    || infinite
                    || i > 0 && bounds.get(i) <= bounds.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    double sum() {
        return gone ? StaleNaN.VALUE : numbers[numbers.length - 2];
    }

    double count() {
        return gone ? StaleNaN.VALUE : numbers[numbers.length - 1];
    }

    /// As a native histogram with custom bounds.
    NativeHistogram custom() {
        return gone
                ? HistogramPoints.stale()
                : HistogramPoints.custom(
                        bounds, Arrays.copyOf(numbers, numbers.length - 2), sum(), count());
    }
}
