package io.framewatch.ingest.forward;

import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.Exemplar;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/// One `prometheus.WriteRequest` under construction. Not thread safe.
public final class WriteBatch {

    private static final int EXEMPLAR = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    private int points;

    /// Adds a sample of a series with these label fields, see [PromMessages#labels], field 1.
    public void add(byte[] labels, long timestampMs, double value) {
        try {
            series(labels, PromMessages.sampleSize(2, value, timestampMs));
            PromMessages.sample(out, 2, value, timestampMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a histogram.
    void add(byte[] labels, long timestampMs, NativeHistogram histogram) {
        try {
            series(labels, PromMessages.histogramSize(4, histogram, timestampMs));
            PromMessages.histogram(out, 4, histogram, timestampMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds an exemplar.
    void add(byte[] labels, Exemplar exemplar) {
        int size =
                PromMessages.labelsSize(1, exemplar.labels())
                        + CodedOutputStream.computeDoubleSize(2, exemplar.value())
                        + CodedOutputStream.computeInt64Size(3, exemplar.timestampMs());
        try {
            series(
                    labels,
                    CodedOutputStream.computeTagSize(EXEMPLAR)
                            + CodedOutputStream.computeUInt32SizeNoTag(size)
                            + size);
            PromMessages.begin(out, EXEMPLAR, size);
            PromMessages.labels(out, 1, exemplar.labels());
            out.writeDouble(2, exemplar.value());
            out.writeInt64(3, exemplar.timestampMs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins a series whose one row, which is to follow, takes `rowBytes`.
    private void series(byte[] labels, int rowBytes) throws IOException {
        PromMessages.begin(out, 1, labels.length + rowBytes);
        out.writeRawBytes(labels);
        points++;
    }

    /// Adds what is known about a family.
    void add(MetricMetadata family) {
        int type = type(family.type());
        int size =
                CodedOutputStream.computeEnumSize(1, type)
                        + CodedOutputStream.computeStringSize(2, family.family())
                        + CodedOutputStream.computeStringSize(4, family.help())
                        + CodedOutputStream.computeStringSize(5, family.unit());
        try {
            PromMessages.begin(out, 3, size);
            out.writeEnum(1, type);
            out.writeString(2, family.family());
            out.writeString(4, family.help());
            out.writeString(5, family.unit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int type(MetricMetadata.Type type) {
        return switch (type) {
            case UNKNOWN -> 0;
            case COUNTER -> 1;
            case GAUGE -> 2;
            case HISTOGRAM -> 3;
            case GAUGE_HISTOGRAM -> 4;
            case SUMMARY -> 5;
            case INFO -> 6;
            case STATE_SET -> 7;
        };
    }

    /// Rows added.
    int points() {
        return points;
    }

    boolean isEmpty() {
        return out.getTotalBytesWritten() == 0;
    }

    /// The request, compressed.
    public byte[] packed() {
        try {
            out.flush();
            return Snappy.compress(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
