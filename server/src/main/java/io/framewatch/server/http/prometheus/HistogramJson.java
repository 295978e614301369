package io.framewatch.server.http.prometheus;

import io.framewatch.model.NativeHistogram;
import io.framewatch.server.http.JsonOut;

/// Writes a native histogram as `{"count","sum","buckets":[[boundaries,lower,upper,count],...]}`
/// (`web/api/v1/json_codec.go`); bucket bounds as `model/histogram/generic.go` has them.
/// Boundaries: 0 open left, 1 open right, 2 open, 3 closed. Empty buckets are left out.
final class HistogramJson {

    private final JsonOut out;
    private final NativeHistogram histogram;
    private boolean any;

    private HistogramJson(JsonOut out, NativeHistogram histogram) {
        this.out = out;
        this.histogram = histogram;
    }

    static void write(JsonOut out, NativeHistogram histogram) {
        new HistogramJson(out, histogram).write();
    }

    private void write() {
        out.raw("{\"count\":").sampleValue(histogram.count());
        out.raw(",\"sum\":").sampleValue(histogram.sum());
        negatives();
        if (histogram.zeroCount() != 0) {
            double zero = histogram.zeroThreshold();
            bucket(3, -zero, zero, histogram.zeroCount());
        }
        positives();
        out.raw(any ? "]}" : "}");
    }

    private void negatives() {
        NativeHistogram.Span[] spans = histogram.negativeSpans();
        int end = 0;
        for (NativeHistogram.Span span : spans) {
            end += span.offset() + span.length();
        }
        int row = histogram.negativeBuckets().length;
        for (int s = spans.length - 1; s >= 0; s--) {
            for (int i = 0; i < spans[s].length(); i++) {
                end--;
                row--;
                bucket(1, -bound(end), -bound(end - 1), histogram.negativeBuckets()[row]);
            }
            end -= spans[s].offset();
        }
    }

    private void positives() {
        boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
        int index = 0;
        int row = 0;
        for (NativeHistogram.Span span : histogram.positiveSpans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                int boundaries = custom && index == 0 ? 3 : 0;
                double count = histogram.positiveBuckets()[row];
                bucket(boundaries, bound(index - 1), bound(index), count);
                index++;
                row++;
            }
        }
    }

    private void bucket(int boundaries, double lower, double upper, double count) {
        if (count == 0) {
            return;
        }
        out.raw(any ? ",[" : ",\"buckets\":[[").number(boundaries);
        out.raw(',').sampleValue(lower);
        out.raw(',').sampleValue(upper);
        out.raw(',').sampleValue(count).raw(']');
        any = true;
    }

    /// Upper bound of bucket `index`.
    private double bound(int index) {
        if (histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            double[] bounds = histogram.customValues();
            return index < 0
                    ? Double.NEGATIVE_INFINITY
                    : index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
        }
        return exponentialBound(histogram.schema(), index);
    }

    /// `2^(index * 2^-schema)`; the bucket that holds the largest double ends there.
    static double exponentialBound(int schema, int index) {
        if (schema < 0) {
            long exponent = (long) index << -schema;
            return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, clampExponent(exponent));
        }
        int parts = 1 << schema;
        int part = index & (parts - 1);
        long exponent = index >> schema;
        if (part == 0 && exponent == 1024) {
            return Double.MAX_VALUE;
        }
        double fraction = Math.pow(2, (double) part / parts);
        return Math.scalb(fraction, clampExponent(exponent));
    }

    private static int clampExponent(long exponent) {
        return Math.clamp(exponent, -2_000, 2_000);
    }
}
