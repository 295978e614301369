package io.framewatch.query.logql;

import java.util.Arrays;

/// Values of one series of lines, in time order. Where they are whole numbers, as counts and
/// lengths are, a sum over a window is the exact difference of two sums of all before. Not thread
/// safe.
final class Points {

    /// Whole numbers up to here are exact.
    private static final double WHOLE_MAX = 0x1p53;

    private long[] timestampsNs = new long[16];
    private double[] values = new double[16];
    private int size;

    /// Sums of all values before each, as far as they were asked for; empty where they would not be
    /// exact.
    private double[] sums = {};

    private boolean whole = true;
    private double total;

    /// Adds a value no older than the last.
    void add(long timestampNs, double value) {
        total += Math.abs(value);
        whole &= value == Math.rint(value) && total < WHOLE_MAX;
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
        if (whole && sums.length <= size) {
            sumUp();
        }
        return new Window(values, whole ? sums : NONE, from, to - from);
    }

    private static final double[] NONE = {};

    private void sumUp() {
        sums = new double[size + 1];
        for (int i = 0; i < size; i++) {
            sums[i + 1] = sums[i] + values[i];
        }
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
    ///
    /// @param values all there are
    /// @param sums of all values before each, or empty
    /// @param from the first of them
    /// @param size how many
    record Window(double[] values, double[] sums, int from, int size) {

        /// What it costs to compute `op`, in values looked at; at least 1.
        long cost(RangeAggregation.Op op) {
            return 1
                    + switch (op) {
                        case ABSENT_OVER_TIME, FIRST_OVER_TIME, LAST_OVER_TIME -> 0;
                        case COUNT_OVER_TIME,
                                BYTES_OVER_TIME,
                                SUM_OVER_TIME,
                                RATE,
                                BYTES_RATE,
                                AVG_OVER_TIME ->
                                sums.length > 0 ? 0 : size;
                        case MIN_OVER_TIME, MAX_OVER_TIME, STDDEV_OVER_TIME, STDVAR_OVER_TIME ->
                                size;
                        case QUANTILE_OVER_TIME -> 16L * size;
                    };
        }

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
            if (sums.length > 0) {
                return sums[from + size] - sums[from];
            }
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
