package io.framewatch.query.logql;

import java.util.Arrays;

/// Values of one series of lines, in time order. Not thread safe.
final class Points {

    private long[] timestampsNs = new long[16];
    private double[] values = new double[16];
    private int size;

    /// Adds a value no older than the last.
    void add(long timestampNs, double value) {
        if (size == values.length) {
            timestampsNs = Arrays.copyOf(timestampsNs, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        timestampsNs[size] = timestampNs;
        values[size] = value;
        size++;
    }

    /// The values after `fromNs` up to and including `toNs`.
    Window window(long fromNs, long toNs) {
        int from = after(fromNs);
        int to = after(toNs);
        return new Window(values, from, to - from);
    }

    private int after(long timestampNs) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timestampsNs[middle] > timestampNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Some consecutive values.
    record Window(double[] values, int from, int size) {

        /// What a range aggregation makes of them; there is at least one.
        double value(RangeAggregation leaf) {
            double seconds = leaf.rangeMs() / 1000.0;
            return switch (leaf.op()) {
                case COUNT_OVER_TIME, BYTES_OVER_TIME, SUM_OVER_TIME -> sum();
                case RATE, BYTES_RATE -> sum() / seconds;
                case ABSENT_OVER_TIME -> 1;
                case AVG_OVER_TIME -> sum() / size;
                case MIN_OVER_TIME ->
                        Arrays.stream(values, from, from + size).min().orElse(Double.NaN);
                case MAX_OVER_TIME ->
                        Arrays.stream(values, from, from + size).max().orElse(Double.NaN);
                case FIRST_OVER_TIME -> values[from];
                case LAST_OVER_TIME -> values[from + size - 1];
                case STDVAR_OVER_TIME -> variance();
                case STDDEV_OVER_TIME -> Math.sqrt(variance());
                case QUANTILE_OVER_TIME -> quantile(leaf.parameter());
            };
        }

        private double sum() {
            double sum = 0;
            for (int i = from; i < from + size; i++) {
                sum += values[i];
            }
            return sum;
        }

        private double variance() {
            double mean = sum() / size;
            double squares = 0;
            for (int i = from; i < from + size; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            return squares / size;
        }

        /// Linear interpolation between the two nearest ranks, as PromQL's `quantile` does.
        private double quantile(double q) {
            if (Double.isNaN(q)) {
                return Double.NaN;
            }
            if (q < 0 || q > 1) {
                return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            double[] sorted = Arrays.copyOfRange(values, from, from + size);
            Arrays.sort(sorted);
            double rank = q * (size - 1);
            int low = (int) Math.floor(rank);
            int high = Math.min(size - 1, low + 1);
            double weight = rank - low;
            return sorted[low] * (1 - weight) + sorted[high] * weight;
        }
    }
}
