package io.framewatch.server.http.pushgateway;

import io.framewatch.model.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// What was pushed for a series.
///
/// @param number the number; the sum where it is a histogram
/// @param histogram the native histogram, or null
record PushValue(double number, @Nullable NativeHistogram histogram) {

    /// A number.
    static PushValue of(double number) {
        return new PushValue(number, null);
    }

    /// A native histogram.
    static PushValue of(NativeHistogram histogram) {
        return new PushValue(histogram.sum(), histogram);
    }
}
