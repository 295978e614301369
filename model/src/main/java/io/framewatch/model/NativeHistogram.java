package io.framewatch.model;

import java.util.Arrays;

/// One native histogram sample with float counts, in the shape of Prometheus's `FloatHistogram`
/// (`model/histogram/float_histogram.go` documents the bucket layout). Immutable: the arrays must
/// not be changed after construction. Thread safe.
///
/// @param resetHint what is known about a counter reset before this sample
/// @param schema resolution, -4 to 8 (bucket bounds are powers of `2^(2^-schema)`), or
///   [#CUSTOM_BUCKETS]
/// @param zeroThreshold width of the zero bucket, not negative
/// @param zeroCount observations in the zero bucket
/// @param count all observations
/// @param sum sum of all observations
/// @param positiveSpans runs of filled positive buckets
/// @param positiveBuckets absolute count of each bucket in the spans
/// @param negativeSpans runs of filled negative buckets
/// @param negativeBuckets absolute count of each bucket in the spans
/// @param customValues upper bounds of custom buckets, ascending, `+Inf` left out; empty unless the
///   schema is custom
public record NativeHistogram(
        ResetHint resetHint,
        int schema,
        double zeroThreshold,
        double zeroCount,
        double count,
        double sum,
        Span[] positiveSpans,
        double[] positiveBuckets,
        Span[] negativeSpans,
        double[] negativeBuckets,
        double[] customValues) {

    /// The schema of histograms with custom bucket bounds.
    public static final int CUSTOM_BUCKETS = -53;

    /// What is known about a counter reset between the sample before and this one.
    public enum ResetHint {
        UNKNOWN,
        RESET,
        NO_RESET,
        GAUGE
    }

    /// A run of consecutive buckets.
    ///
    /// @param offset buckets skipped since the end of the run before; of the first run, the index
    ///   of its first bucket
    /// @param length buckets in the run
    public record Span(int offset, int length) {}

    /// A staleness marker of a histogram series: the marker sits in the sum.
    public boolean isStale() {
        return StaleNaN.is(sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NativeHistogram h
                && resetHint == h.resetHint
                && schema == h.schema
                && bits(zeroThreshold) == bits(h.zeroThreshold)
                && bits(zeroCount) == bits(h.zeroCount)
                && bits(count) == bits(h.count)
                && bits(sum) == bits(h.sum)
                && Arrays.equals(positiveSpans, h.positiveSpans)
                && Arrays.equals(positiveBuckets, h.positiveBuckets)
                && Arrays.equals(negativeSpans, h.negativeSpans)
                && Arrays.equals(negativeBuckets, h.negativeBuckets)
                && Arrays.equals(customValues, h.customValues);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new double[] {schema, count, sum, zeroCount});
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
