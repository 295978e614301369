package io.framewatch.query.promql;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// One series of an instant answer.
///
/// @param labels the series
/// @param timestampMs evaluation time, Unix milliseconds
/// @param value the value; 0 where the sample is a histogram
/// @param histogram the histogram, or null where the sample is a float
public record VectorSample(
        Labels labels, long timestampMs, double value, @Nullable NativeHistogram histogram) {}
