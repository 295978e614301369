package io.framewatch.wire.remotewrite;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.wire.proto.BucketCounts;
import io.framewatch.wire.proto.HistogramSpans;
import io.framewatch.wire.proto.ProtoCursor;
import java.util.Arrays;

/// One `prometheus.Histogram` or `io.prometheus.write.v2.Histogram` message.
final class RemoteHistogram {

    private double count;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private int hint;
    private long timestampMs;
    private long startTimestampMs;
    private final HistogramSpans positiveSpans = new HistogramSpans();
    private final HistogramSpans negativeSpans = new HistogramSpans();
    private final BucketCounts positive = new BucketCounts();
    private final BucketCounts negative = new BucketCounts();
    private final BucketCounts custom = new BucketCounts();

    static RemoteHistogram read(ProtoCursor cursor) {
        RemoteHistogram histogram = new RemoteHistogram();
        int outer = cursor.enter();
        while (cursor.next()) {
            histogram.field(cursor);
        }
        cursor.leave(outer);
        return histogram;
    }

    private void field(ProtoCursor cursor) {
        switch (cursor.field()) {
            case 1 -> count = HistogramSpans.unsigned(cursor.integer());
            case 2 -> count = cursor.real();
            case 3 -> sum = cursor.real();
            case 4 -> schema = (int) cursor.zigzag();
            case 5 -> zeroThreshold = cursor.real();
            case 6 -> zeroCount = HistogramSpans.unsigned(cursor.integer());
            case 7 -> zeroCount = cursor.real();
            case 8 -> negativeSpans.read(cursor);
            case 9 -> negative.deltas(cursor);
            case 10 -> negative.counts(cursor);
            case 11 -> positiveSpans.read(cursor);
            case 12 -> positive.deltas(cursor);
            case 13 -> positive.counts(cursor);
            case 14 -> hint = (int) cursor.integer();
            case 15 -> timestampMs = cursor.integer();
            case 16 -> custom.counts(cursor);
            case 17 -> startTimestampMs = cursor.integer();
            default -> cursor.skip();
        }
    }

    /// 0 if unknown.
    long startTimestampMs() {
        return startTimestampMs;
    }

    long timestampMs() {
        return timestampMs;
    }

    /// The histogram; throws [WriteRequestException] or `ProtoException` if spans, buckets and
    /// schema do not agree.
    NativeHistogram toModel() {
        boolean known = schema >= -4 && schema <= 8 || schema == NativeHistogram.CUSTOM_BUCKETS;
        if (!known) {
            throw new WriteRequestException("a histogram has the unknown schema " + schema);
        }
        double[] bounds = custom.array();
        for (int i = 1; i < bounds.length; i++) {
            if (!(bounds[i] > bounds[i - 1])) {
                throw new WriteRequestException("custom bucket bounds are not ascending");
            }
        }
        NativeHistogram.Span[] spans = positiveSpans.of(positive.size());
        if (schema == NativeHistogram.CUSTOM_BUCKETS && isBeyond(spans, bounds.length + 1)) {
            throw new WriteRequestException(
                    "a histogram has buckets that its custom bounds do not reach");
        }
        return new NativeHistogram(
                hint(),
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                spans,
                positive.array(),
                negativeSpans.of(negative.size()),
                negative.array(),
                Arrays.copyOf(bounds, bounds.length));
    }

    /// Whether a span begins before bucket 0 or ends behind bucket `buckets`.
    private static boolean isBeyond(NativeHistogram.Span[] spans, int buckets) {
        long end = 0;
        for (NativeHistogram.Span span : spans) {
            end += span.offset();
            if (end < 0) {
                return true;
            }
            end += span.length();
        }
        return end > buckets;
    }

    private ResetHint hint() {
        return switch (hint) {
            case 1 -> ResetHint.RESET;
            case 2 -> ResetHint.NO_RESET;
            case 3 -> ResetHint.GAUGE;
            default -> ResetHint.UNKNOWN;
        };
    }
}
