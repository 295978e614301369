package io.framewatch.store.record;

import io.framewatch.model.NativeHistogram;
import java.nio.ByteBuffer;

/// Native histograms as bytes: the fields in the order of the record, lists with their length in
/// front, every bit of every double.
final class HistogramCodec {

    private static final NativeHistogram.ResetHint[] HINTS = NativeHistogram.ResetHint.values();

    private HistogramCodec() {}

    static void write(ByteWriter out, NativeHistogram h) {
        out.putByte(h.resetHint().ordinal()).putInt(h.schema());
        out.putDouble(h.zeroThreshold()).putDouble(h.zeroCount());
        out.putDouble(h.count()).putDouble(h.sum());
        spans(out, h.positiveSpans());
        doubles(out, h.positiveBuckets());
        spans(out, h.negativeSpans());
        doubles(out, h.negativeBuckets());
        doubles(out, h.customValues());
    }

    private static void spans(ByteWriter out, NativeHistogram.Span[] spans) {
        out.putInt(spans.length);
        for (NativeHistogram.Span span : spans) {
            out.putInt(span.offset()).putInt(span.length());
        }
    }

    private static void doubles(ByteWriter out, double[] values) {
        out.putInt(values.length);
        for (double value : values) {
            out.putDouble(value);
        }
    }

    static NativeHistogram read(ByteBuffer in) {
        return new NativeHistogram(
                HINTS[in.get()],
                in.getInt(),
                in.getDouble(),
                in.getDouble(),
                in.getDouble(),
                in.getDouble(),
                spans(in),
                doubles(in),
                spans(in),
                doubles(in),
                doubles(in));
    }

    private static NativeHistogram.Span[] spans(ByteBuffer in) {
        NativeHistogram.Span[] spans = new NativeHistogram.Span[in.getInt()];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = new NativeHistogram.Span(in.getInt(), in.getInt());
        }
        return spans;
    }

    private static double[] doubles(ByteBuffer in) {
        double[] values = new double[in.getInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getDouble();
        }
        return values;
    }
}
