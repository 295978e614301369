package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.SampleBatch;
import io.framewatch.wire.proto.BucketCounts;
import io.framewatch.wire.proto.HistogramSpans;
import io.framewatch.wire.proto.ProtoCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `Histogram` message: classic buckets, a native histogram, or both.
final class ProtoHistogram {

    /// One classic bucket.
    record Bucket(double upperBound, double count, @Nullable Exemplar exemplar) {}

    final List<Bucket> buckets = new ArrayList<>();
    final List<Exemplar> exemplars = new ArrayList<>();
    double count;
    double sum;
    long startMs = SampleBatch.NO_START;
    private double floatCount;
    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private double floatZeroCount;
    private final HistogramSpans positiveSpans = new HistogramSpans();
    private final HistogramSpans negativeSpans = new HistogramSpans();
    private final BucketCounts positive = new BucketCounts();
    private final BucketCounts negative = new BucketCounts();

    static ProtoHistogram read(ProtoCursor cursor) {
        ProtoHistogram histogram = new ProtoHistogram();
        int outer = cursor.enter();
        while (cursor.next()) {
            histogram.field(cursor);
        }
        cursor.leave(outer);
        if (histogram.floatCount > 0) {
            histogram.count = histogram.floatCount;
        }
        return histogram;
    }

    private void field(ProtoCursor cursor) {
        switch (cursor.field()) {
            case 1 -> count = HistogramSpans.unsigned(cursor.integer());
            case 2 -> sum = cursor.real();
            case 3 -> buckets.add(bucket(cursor));
            case 4 -> floatCount = cursor.real();
            case 5 -> schema = (int) cursor.zigzag();
            case 6 -> zeroThreshold = cursor.real();
            case 7 -> zeroCount = HistogramSpans.unsigned(cursor.integer());
            case 8 -> floatZeroCount = cursor.real();
            case 9 -> negativeSpans.read(cursor);
            case 10 -> negative.deltas(cursor);
            case 11 -> negative.counts(cursor);
            case 12 -> positiveSpans.read(cursor);
            case 13 -> positive.deltas(cursor);
            case 14 -> positive.counts(cursor);
            case 15 -> startMs = ProtoParser.timestampMs(cursor);
            case 16 -> exemplars.add(ProtoParser.exemplar(cursor));
            default -> cursor.skip();
        }
    }

    private static Bucket bucket(ProtoCursor cursor) {
        double bound = 0;
        double count = 0;
        double floatCount = 0;
        Exemplar exemplar = null;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> count = HistogramSpans.unsigned(cursor.integer());
                case 2 -> bound = cursor.real();
                case 3 -> exemplar = ProtoParser.exemplar(cursor);
                case 4 -> floatCount = cursor.real();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return new Bucket(bound, floatCount > 0 ? floatCount : count, exemplar);
    }

    /// Whether the message holds more than classic buckets.
    boolean isNative() {
        return !positiveSpans.isEmpty()
                || !negativeSpans.isEmpty()
                || zeroThreshold > 0
                || zeroCount > 0
                || floatZeroCount > 0;
    }

    /// The native histogram; throws [ExpositionException] for an unknown schema and
    /// `ProtoException` if spans and buckets do not agree.
    NativeHistogram toModel(boolean gauge) {
        if (schema < -4 || schema > 8) {
            throw new ExpositionException(0, "a histogram has the unknown schema " + schema);
        }
        return new NativeHistogram(
                gauge ? ResetHint.GAUGE : ResetHint.UNKNOWN,
                schema,
                zeroThreshold,
                floatZeroCount > 0 ? floatZeroCount : zeroCount,
                count,
                sum,
                positiveSpans.of(positive.size()),
                positive.array(),
                negativeSpans.of(negative.size()),
                negative.array(),
                new double[0]);
    }
}
