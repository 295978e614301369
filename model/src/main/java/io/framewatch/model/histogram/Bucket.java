package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;
import java.util.ArrayList;
import java.util.List;

/// One bucket with its bounds.
///
/// @param lower lower bound
/// @param upper upper bound
/// @param lowerInclusive whether the lower bound belongs to it
/// @param upperInclusive whether the upper bound belongs to it
/// @param count observations in it
/// @param index its index on its side; 0 for the zero bucket
/// @param side where it lies
public record Bucket(
        double lower,
        double upper,
        boolean lowerInclusive,
        boolean upperInclusive,
        double count,
        int index,
        Side side) {

    /// Where a bucket lies.
    public enum Side {
        NEGATIVE,
        ZERO,
        POSITIVE
    }

    /// The buckets of a histogram from the lowest to the highest bound: the negative ones, the zero
    /// bucket where it is not empty, the positive ones. Those written down as empty are included.
    public static List<Bucket> ascending(NativeHistogram h) {
        List<Bucket> buckets = new ArrayList<>();
        Cells negative = Cells.of(h.negativeSpans(), h.negativeBuckets());
        for (int i = negative.size() - 1; i >= 0; i--) {
            int index = negative.index(i);
            buckets.add(
                    new Bucket(
                            -Bounds.upper(h, index),
                            -Bounds.upper(h, index - 1),
                            true,
                            false,
                            negative.count(i),
                            index,
                            Side.NEGATIVE));
        }
        if (h.zeroCount() != 0) {
            double threshold = h.zeroThreshold();
            buckets.add(new Bucket(-threshold, threshold, true, true, h.zeroCount(), 0, Side.ZERO));
        }
        Cells positive = Cells.of(h.positiveSpans(), h.positiveBuckets());
        boolean custom = h.schema() == NativeHistogram.CUSTOM_BUCKETS;
        for (int i = 0; i < positive.size(); i++) {
            int index = positive.index(i);
            double lower = Bounds.upper(h, index - 1);
            buckets.add(
                    new Bucket(
                            lower,
                            Bounds.upper(h, index),
                            custom && lower == Double.NEGATIVE_INFINITY,
                            true,
                            positive.count(i),
                            index,
                            Side.POSITIVE));
        }
        return buckets;
    }
}
