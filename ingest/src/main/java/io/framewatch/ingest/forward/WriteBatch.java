package io.framewatch.ingest.forward;

import io.framewatch.model.Exemplar;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/// One `prometheus.WriteRequest` under construction. Not thread safe.
final class WriteBatch {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private int points;

    /// Adds a sample of a series with these label fields.
    void add(byte[] labels, long timestampMs, double value) {
        series(labels, out -> PromMessages.sample(out, 2, value, timestampMs));
    }

    /// Adds a histogram.
    void add(byte[] labels, long timestampMs, NativeHistogram histogram) {
        series(labels, out -> PromMessages.histogram(out, 4, histogram, timestampMs));
    }

    /// Adds an exemplar.
    void add(byte[] labels, Exemplar exemplar) {
        byte[] message =
                PromMessages.message(inner -> {
                    PromMessages.labels(inner, 1, exemplar.labels());
                    inner.writeDouble(2, exemplar.value());
                    inner.writeInt64(3, exemplar.timestampMs());
                });
        series(labels, out -> out.writeByteArray(3, message));
    }

    private void series(byte[] labels, PromMessages.Write row) {
        byte[] series =
                PromMessages.message(out -> {
                    out.writeRawBytes(labels);
                    row.to(out);
                });
        bytes.writeBytes(PromMessages.message(out -> out.writeByteArray(1, series)));
        points++;
    }

    /// Adds what is known about a family.
    void add(MetricMetadata family) {
        byte[] metadata =
                PromMessages.message(out -> {
                    out.writeEnum(1, type(family.type()));
                    out.writeString(2, family.family());
                    out.writeString(4, family.help());
                    out.writeString(5, family.unit());
                });
        bytes.writeBytes(PromMessages.message(out -> out.writeByteArray(3, metadata)));
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
        return bytes.size() == 0;
    }

    /// The request, compressed.
    byte[] packed() {
        try {
            return Snappy.compress(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
