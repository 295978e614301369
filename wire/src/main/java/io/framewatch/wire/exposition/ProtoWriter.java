package io.framewatch.wire.exposition;

import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Writes Prometheus's delimited protobuf (`io.prometheus.client.MetricFamily`), which holds what
/// text cannot: native histograms. Not thread safe.
public final class ProtoWriter {

    /// The content type of what is written.
    public static final String CONTENT_TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                    + " encoding=delimited";

    private static final int UNTYPED = 3;
    private static final int HISTOGRAM = 4;
    private static final int GAUGE_HISTOGRAM = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream(4096);
    private String family = "";
    private int type;

    /// A number of a series; `timestampMs` is Unix milliseconds. Series of one name follow one
    /// another.
    public ProtoWriter sample(Labels labels, double value, long timestampMs) {
        begin(labels.metricName(), UNTYPED);
        byte[] untyped = PromMessages.message(inner -> inner.writeDouble(1, value));
        metric(labels, 5, untyped, timestampMs);
        return this;
    }

    /// A native histogram of a series. One with custom buckets has no form here: see [#canWrite].
    public ProtoWriter sample(Labels labels, NativeHistogram histogram, long timestampMs) {
        boolean gauge = histogram.resetHint() == ResetHint.GAUGE;
        begin(labels.metricName(), gauge ? GAUGE_HISTOGRAM : HISTOGRAM);
        metric(labels, 7, histogram(histogram), timestampMs);
        return this;
    }

    /// Whether a histogram has a form here.
    public static boolean canWrite(NativeHistogram histogram) {
        return histogram.schema() != NativeHistogram.CUSTOM_BUCKETS;
    }

    private void begin(String name, int ofType) {
        if (!name.equals(family) || ofType != type) {
            end();
            family = name;
            type = ofType;
        }
    }

    private void end() {
        if (metrics.size() == 0) {
            return;
        }
        byte[] message =
                PromMessages.message(inner -> {
                    inner.writeString(1, family);
                    inner.writeEnum(3, type);
                    inner.writeRawBytes(metrics.toByteArray());
                });
        out.writeBytes(PromMessages.message(outer -> outer.writeByteArrayNoTag(message)));
        metrics.reset();
    }

    private void metric(Labels labels, int field, byte[] value, long timestampMs) {
        byte[] message =
                PromMessages.message(inner -> {
                    PromMessages.labels(inner, 1, labels.withoutName());
                    inner.writeByteArray(field, value);
                    inner.writeInt64(6, timestampMs);
                });
        metrics.writeBytes(PromMessages.message(outer -> outer.writeByteArray(4, message)));
    }

    private static byte[] histogram(NativeHistogram h) {
        return PromMessages.message(inner -> {
            inner.writeDouble(2, h.sum());
            inner.writeDouble(4, h.count());
            inner.writeSInt32(5, h.schema());
            inner.writeDouble(6, h.zeroThreshold());
            inner.writeDouble(8, h.zeroCount());
            PromMessages.spans(inner, 9, h.negativeSpans());
            counts(inner, 11, h.negativeBuckets());
            PromMessages.spans(inner, 12, h.positiveSpans());
            counts(inner, 14, h.positiveBuckets());
            if (h.positiveSpans().length == 0 && h.negativeSpans().length == 0) {
                // An empty span tells a reader that this is a native histogram.
                PromMessages.spans(inner, 12, new Span[] {new Span(0, 0)});
            }
        });
    }

    private static void counts(CodedOutputStream out, int field, double[] counts)
            throws IOException {
        for (double count : counts) {
            out.writeDouble(field, count);
        }
    }

    /// Everything written.
    public byte[] toBytes() {
        end();
        return out.toByteArray();
    }
}
