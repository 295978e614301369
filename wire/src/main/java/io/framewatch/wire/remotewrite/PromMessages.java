package io.framewatch.wire.remotewrite;

import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes the messages that remote write and remote read have in common (`prompb/types.proto`).
/// Stateless, thread safe.
public final class PromMessages {

    /// Writes into a message under way.
    @FunctionalInterface
    public interface Write {
        /// Writes; the stream is in memory and never fails.
        void to(CodedOutputStream out) throws IOException;
    }

    /// What a usual message takes; the library's own buffer is 4 KiB.
    private static final int MESSAGE_BYTES = 256;

    private static final int DELIMITED = 2;

    private PromMessages() {}

    /// A message as bytes.
    public static byte[] message(Write write) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MESSAGE_BYTES);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, MESSAGE_BYTES);
        try {
            write.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Begins a message of `bytes` bytes in field `field`; they must follow.
    public static void begin(CodedOutputStream out, int field, int bytes) throws IOException {
        out.writeTag(field, DELIMITED);
        out.writeUInt32NoTag(bytes);
    }

    private static int size(int field, int bytes) {
        return CodedOutputStream.computeTagSize(field)
                + CodedOutputStream.computeUInt32SizeNoTag(bytes)
                + bytes;
    }

    /// Writes labels as repeated `Label` in field `field`.
    public static void labels(CodedOutputStream out, int field, Labels labels) throws IOException {
        for (int i = 0; i < labels.size(); i++) {
            begin(out, field, labelBytes(labels, i));
            out.writeString(1, labels.nameAt(i));
            out.writeString(2, labels.valueAt(i));
        }
    }

    /// Bytes that [#labels] writes.
    public static int labelsSize(int field, Labels labels) {
        int bytes = 0;
        for (int i = 0; i < labels.size(); i++) {
            bytes += size(field, labelBytes(labels, i));
        }
        return bytes;
    }

    private static int labelBytes(Labels labels, int i) {
        return CodedOutputStream.computeStringSize(1, labels.nameAt(i))
                + CodedOutputStream.computeStringSize(2, labels.valueAt(i));
    }

    /// Writes a `Sample` in field `field`.
    public static void sample(CodedOutputStream out, int field, double value, long timestampMs)
            throws IOException {
        begin(out, field, sampleBytes(value, timestampMs));
        out.writeDouble(1, value);
        out.writeInt64(2, timestampMs);
    }

    /// Bytes that [#sample] writes.
    public static int sampleSize(int field, double value, long timestampMs) {
        return size(field, sampleBytes(value, timestampMs));
    }

    private static int sampleBytes(double value, long timestampMs) {
        return CodedOutputStream.computeDoubleSize(1, value)
                + CodedOutputStream.computeInt64Size(2, timestampMs);
    }

    /// Writes a `Histogram` with float counts in field `field`.
    public static void histogram(
            CodedOutputStream out, int field, NativeHistogram h, long timestampMs)
            throws IOException {
        begin(out, field, histogramBytes(h, timestampMs));
        out.writeDouble(2, h.count());
        out.writeDouble(3, h.sum());
        out.writeSInt32(4, h.schema());
        out.writeDouble(5, h.zeroThreshold());
        out.writeDouble(7, h.zeroCount());
        spans(out, 8, h.negativeSpans());
        doubles(out, 10, h.negativeBuckets());
        spans(out, 11, h.positiveSpans());
        doubles(out, 13, h.positiveBuckets());
        out.writeInt32(14, h.resetHint().ordinal());
        out.writeInt64(15, timestampMs);
        doubles(out, 16, h.customValues());
    }

    /// Bytes that [#histogram] writes.
    public static int histogramSize(int field, NativeHistogram h, long timestampMs) {
        return size(field, histogramBytes(h, timestampMs));
    }

    private static int histogramBytes(NativeHistogram h, long timestampMs) {
        return CodedOutputStream.computeDoubleSize(2, h.count())
                + CodedOutputStream.computeDoubleSize(3, h.sum())
                + CodedOutputStream.computeSInt32Size(4, h.schema())
                + CodedOutputStream.computeDoubleSize(5, h.zeroThreshold())
                + CodedOutputStream.computeDoubleSize(7, h.zeroCount())
                + spansSize(8, h.negativeSpans())
                + doublesSize(10, h.negativeBuckets())
                + spansSize(11, h.positiveSpans())
                + doublesSize(13, h.positiveBuckets())
                + CodedOutputStream.computeInt32Size(14, h.resetHint().ordinal())
                + CodedOutputStream.computeInt64Size(15, timestampMs)
                + doublesSize(16, h.customValues());
    }

    /// Writes spans as repeated `BucketSpan` in field `field`.
    public static void spans(CodedOutputStream out, int field, Span[] spans) throws IOException {
        for (Span span : spans) {
            begin(out, field, spanBytes(span));
            out.writeSInt32(1, span.offset());
            out.writeUInt32(2, span.length());
        }
    }

    private static int spansSize(int field, Span[] spans) {
        int bytes = 0;
        for (Span span : spans) {
            bytes += size(field, spanBytes(span));
        }
        return bytes;
    }

    private static int spanBytes(Span span) {
        return CodedOutputStream.computeSInt32Size(1, span.offset())
                + CodedOutputStream.computeUInt32Size(2, span.length());
    }

    private static void doubles(CodedOutputStream out, int field, double[] values)
            throws IOException {
        if (values.length == 0) {
            return;
        }
        begin(out, field, values.length * Double.BYTES);
        for (double value : values) {
            out.writeDoubleNoTag(value);
        }
    }

    private static int doublesSize(int field, double[] values) {
        return values.length == 0 ? 0 : size(field, values.length * Double.BYTES);
    }
}
