package io.framewatch.store;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
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
public record SeriesSamples(
        Labels labels,
        int size,
        long[] timestampsMs,
        double[] values,
        @Nullable NativeHistogram @Nullable [] histograms) {

    /// The histogram at `index`, or null if that sample is a float.
    public @Nullable NativeHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }
}
