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

    private PromMessages() {}

    /// A message as bytes.
    public static byte[] message(Write write) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            write.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Writes labels as repeated `Label` in field `field`.
    public static void labels(CodedOutputStream out, int field, Labels labels) throws IOException {
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.nameAt(i);
            String value = labels.valueAt(i);
            int size =
                    CodedOutputStream.computeStringSize(1, name)
                            + CodedOutputStream.computeStringSize(2, value);
            out.writeTag(field, 2);
            out.writeUInt32NoTag(size);
            out.writeString(1, name);
            out.writeString(2, value);
        }
    }

    /// Writes a `Sample` in field `field`.
    public static void sample(CodedOutputStream out, int field, double value, long timestampMs)
            throws IOException {
        int size =
                CodedOutputStream.computeDoubleSize(1, value)
                        + CodedOutputStream.computeInt64Size(2, timestampMs);
        out.writeTag(field, 2);
        out.writeUInt32NoTag(size);
        out.writeDouble(1, value);
        out.writeInt64(2, timestampMs);
    }

    /// Writes a `Histogram` with float counts in field `field`.
    public static void histogram(
            CodedOutputStream out, int field, NativeHistogram h, long timestampMs)
            throws IOException {
        byte[] bytes =
                message(inner -> {
                    inner.writeDouble(2, h.count());
                    inner.writeDouble(3, h.sum());
                    inner.writeSInt32(4, h.schema());
                    inner.writeDouble(5, h.zeroThreshold());
                    inner.writeDouble(7, h.zeroCount());
                    spans(inner, 8, h.negativeSpans());
                    doubles(inner, 10, h.negativeBuckets());
                    spans(inner, 11, h.positiveSpans());
                    doubles(inner, 13, h.positiveBuckets());
                    inner.writeInt32(14, h.resetHint().ordinal());
                    inner.writeInt64(15, timestampMs);
                    doubles(inner, 16, h.customValues());
                });
        out.writeByteArray(field, bytes);
    }

    private static void spans(CodedOutputStream out, int field, Span[] spans) throws IOException {
        for (Span span : spans) {
            out.writeByteArray(
                    field,
                    message(inner -> {
                        inner.writeSInt32(1, span.offset());
                        inner.writeUInt32(2, span.length());
                    }));
        }
    }

    private static void doubles(CodedOutputStream out, int field, double[] values)
            throws IOException {
        if (values.length == 0) {
            return;
        }
        out.writeTag(field, 2);
        out.writeUInt32NoTag(values.length * Double.BYTES);
        for (double value : values) {
            out.writeDoubleNoTag(value);
        }
    }
}
