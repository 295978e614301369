package io.framewatch.store;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import org.jspecify.annotations.Nullable;

/// The samples of one series, in columns and in time order. The arrays belong to the receiver and
/// may be longer than `size`.
///
/// @param labels whose samples these are, metric name included
/// @param size samples
/// @param timestampsMs Unix milliseconds, strictly ascending
/// @param values values; at a histogram sample, its sum
/// @param histograms null if all samples are floats, else the histogram of each sample, null where
///   it is a float
/// @param startTimestampsMs null if no sample has one, else when the counting behind each sample
///   began, Unix milliseconds, [#NO_START] where unknown
public record SeriesSamples(
        Labels labels,
        int size,
        long[] timestampsMs,
        double[] values,
        @Nullable NativeHistogram @Nullable [] histograms,
        long @Nullable [] startTimestampsMs) {

    /// The start timestamp of a sample whose start is unknown.
    public static final long NO_START = SampleBatch.NO_START;

    /// Samples without start timestamps.
    public SeriesSamples(
            Labels labels,
            int size,
            long[] timestampsMs,
            double[] values,
            @Nullable NativeHistogram @Nullable [] histograms) {
        this(labels, size, timestampsMs, values, histograms, null);
    }

    /// When the counting behind the sample at `index` began, or [#NO_START].
    public long startTimestampMs(int index) {
        return startTimestampsMs == null ? NO_START : startTimestampsMs[index];
    }

    /// The histogram at `index`, or null if that sample is a float.
    public @Nullable NativeHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }
}
