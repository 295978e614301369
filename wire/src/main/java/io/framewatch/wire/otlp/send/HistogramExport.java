package io.framewatch.wire.otlp.send;

import io.framewatch.model.NativeHistogram;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;

/// Native histograms as OTLP has them. Bucket `i` of a native histogram reaches up to `base^i`,
/// bucket `i` of an exponential one up to `base^(i+1)`: the index moves by one. Counts are whole
/// numbers there and are rounded.
final class HistogramExport {

    /// Widest range of buckets written out one by one; a wider one is made coarser.
    private static final int BUCKETS_MAX = 4_096;

    private static final int NO_VALUE =
            DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private HistogramExport() {}

    static ExponentialHistogramDataPoint exponential(
            NativeHistogram histogram, List<KeyValue> attributes, long timeNs) {
        ExponentialHistogramDataPoint.Builder point =
                ExponentialHistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes)
                        .setTimeUnixNano(timeNs);
        if (histogram.isStale()) {
            return point.setFlags(NO_VALUE).build();
        }
        int coarser =
                Math.max(coarser(histogram.positiveSpans()), coarser(histogram.negativeSpans()));
        return point.setScale(histogram.schema() - coarser)
                .setCount(Math.round(histogram.count()))
                .setSum(histogram.sum())
                .setZeroCount(Math.round(histogram.zeroCount()))
                .setZeroThreshold(histogram.zeroThreshold())
                .setPositive(
                        buckets(histogram.positiveSpans(), histogram.positiveBuckets(), coarser))
                .setNegative(
                        buckets(histogram.negativeSpans(), histogram.negativeBuckets(), coarser))
                .build();
    }

    /// How many times neighbours must be joined so that the range is not too wide.
    private static int coarser(NativeHistogram.Span[] spans) {
        long width = width(spans);
        int coarser = 0;
        while (width >> coarser > BUCKETS_MAX) {
            coarser++;
        }
        return coarser;
    }

    /// Buckets from the first to the last.
    private static long width(NativeHistogram.Span[] spans) {
        long width = 0;
        for (int i = 0; i < spans.length; i++) {
            width += spans[i].length() + (i > 0 ? (long) spans[i].offset() : 0);
        }
        return width;
    }

    private static Buckets buckets(NativeHistogram.Span[] spans, double[] counts, int coarser) {
        Buckets.Builder out = Buckets.newBuilder();
        if (counts.length == 0) {
            return out.build();
        }
        long index = 0;
        int next = 0;
        int first = 0;
        double[] dense = new double[(int) (width(spans) >> coarser) + 2];
        int filled = 0;
        for (NativeHistogram.Span span : spans) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                int at = (int) ((index - 1) >> coarser);
                first = next == 0 ? at : first;
                dense[at - first] += counts[next++];
                filled = at - first + 1;
                index++;
            }
        }
        out.setOffset(first);
        for (int i = 0; i < filled; i++) {
            out.addBucketCounts(Math.round(dense[i]));
        }
        return out.build();
    }

    /// Buckets that the bounds do not reach are left out.
    static HistogramDataPoint explicit(
            NativeHistogram histogram, List<KeyValue> attributes, long timeNs) {
        HistogramDataPoint.Builder point =
                HistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes)
                        .setTimeUnixNano(timeNs);
        if (histogram.isStale()) {
            return point.setFlags(NO_VALUE).build();
        }
        long[] counts = new long[histogram.customValues().length + 1];
        long index = 0;
        int next = 0;
        for (NativeHistogram.Span span : histogram.positiveSpans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                double count = histogram.positiveBuckets()[next++];
                if (index >= 0 && index < counts.length) {
                    counts[(int) index] = Math.round(count);
                }
                index++;
            }
        }
        for (long count : counts) {
            point.addBucketCounts(count);
        }
        for (double bound : histogram.customValues()) {
            point.addExplicitBounds(bound);
        }
        return point.setCount(Math.round(histogram.count())).setSum(histogram.sum()).build();
    }
}
