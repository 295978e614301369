package io.framewatch.wire.remotewrite;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import io.framewatch.wire.proto.BucketCounts;
import io.framewatch.wire.proto.ProtoCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One `prometheus.Histogram` message.
final class RemoteHistogram {

    private double count;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private int hint;
    private long timestampMs;
    private final List<Span> positiveSpans = new ArrayList<>();
    private final List<Span> negativeSpans = new ArrayList<>();
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
            case 1 -> count = unsigned(cursor.integer());
            case 2 -> count = cursor.real();
            case 3 -> sum = cursor.real();
            case 4 -> schema = (int) cursor.zigzag();
            case 5 -> zeroThreshold = cursor.real();
            case 6 -> zeroCount = unsigned(cursor.integer());
            case 7 -> zeroCount = cursor.real();
            case 8 -> negativeSpans.add(span(cursor));
            case 9 -> negative.deltas(cursor);
            case 10 -> negative.counts(cursor);
            case 11 -> positiveSpans.add(span(cursor));
            case 12 -> positive.deltas(cursor);
            case 13 -> positive.counts(cursor);
            case 14 -> hint = (int) cursor.integer();
            case 15 -> timestampMs = cursor.integer();
            case 16 -> custom.counts(cursor);
            default -> cursor.skip();
        }
    }

    private static double unsigned(long value) {
        return value >= 0 ? (double) value : (value >>> 1) * 2.0;
    }

    private static Span span(ProtoCursor cursor) {
        int offset = 0;
        int length = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> offset = (int) cursor.zigzag();
                case 2 -> length = (int) cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return new Span(offset, length);
    }

    long timestampMs() {
        return timestampMs;
    }

    /// The histogram; throws [WriteRequestException] if spans, buckets and schema do not agree.
    NativeHistogram toModel() {
        checkSpans(positiveSpans, positive.size());
        checkSpans(negativeSpans, negative.size());
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
        return new NativeHistogram(
                hint(),
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                positiveSpans.toArray(Span[]::new),
                positive.array(),
                negativeSpans.toArray(Span[]::new),
                negative.array(),
                Arrays.copyOf(bounds, bounds.length));
    }

    private ResetHint hint() {
        return switch (hint) {
            case 1 -> ResetHint.RESET;
            case 2 -> ResetHint.NO_RESET;
            case 3 -> ResetHint.GAUGE;
            default -> ResetHint.UNKNOWN;
        };
    }

    private static void checkSpans(List<Span> spans, int size) {
        long expected = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (span.length() < 0 || i > 0 && span.offset() < 0) {
                throw new WriteRequestException("a histogram has a span of negative size");
            }
            expected += span.length();
        }
        if (expected != size) {
            throw new WriteRequestException(
                    "a histogram has spans for " + expected + " buckets and " + size + " buckets");
        }
    }
}
