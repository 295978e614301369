package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;

/// Where buckets begin and end.
public final class Bounds {

    private static final int EXPONENT_TOO_LARGE = 1024;

    private Bounds() {}

    /// The inclusive upper bound of the positive exponential bucket `index` of `schema`.
    public static double exponential(int index, int schema) {
        if (schema <= 0) {
            long exponent = (long) index << -schema;
            return exponent >= EXPONENT_TOO_LARGE
                    ? (exponent == EXPONENT_TOO_LARGE ? Double.MAX_VALUE : Double.POSITIVE_INFINITY)
                    : Math.scalb(1.0, (int) Math.max(exponent, -1100));
        }
        int fraction = index & ((1 << schema) - 1);
        int exponent = index >> schema;
        if (exponent == EXPONENT_TOO_LARGE && fraction == 0) {
            return Double.MAX_VALUE;
        }
        double base = fraction == 0 ? 1 : Math.pow(2, fraction / (double) (1 << schema));
        return Math.scalb(base, exponent);
    }

    /// The upper bound of custom bucket `index`; infinite beyond the last value.
    public static double custom(int index, double[] customValues) {
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index >= customValues.length ? Double.POSITIVE_INFINITY : customValues[index];
    }

    /// The upper bound of positive bucket `index` of a histogram.
    static double upper(NativeHistogram histogram, int index) {
        return histogram.schema() == NativeHistogram.CUSTOM_BUCKETS
                ? custom(index, histogram.customValues())
                : exponential(index, histogram.schema());
    }

    /// The bucket of a coarser schema that bucket `index` falls into.
    static int coarser(int index, int schema, int coarserSchema) {
        return ((index - 1) >> (schema - coarserSchema)) + 1;
    }
}
