package io.framewatch.ingest.forward;

import io.framewatch.model.Exemplar;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// One `prometheus.WriteRequest` under construction. Not thread safe.
final class WriteBatch {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private int points;

    /// What waits to be sent: a number, a histogram or an exemplar of a series.
    record Row(
            Series series,
            long timestampMs,
            double value,
            @Nullable NativeHistogram histogram,
            @Nullable Exemplar exemplar) {}

    /// Adds a row under its labels.
    void add(byte[] labels, Row row) {
        byte[] series =
                PromMessages.message(out -> {
                    out.writeRawBytes(labels);
                    NativeHistogram histogram = row.histogram();
                    Exemplar exemplar = row.exemplar();
                    if (exemplar != null) {
                        out.writeByteArray(
                                3,
                                PromMessages.message(inner -> {
                                    PromMessages.labels(inner, 1, exemplar.labels());
                                    inner.writeDouble(2, exemplar.value());
                                    inner.writeInt64(3, exemplar.timestampMs());
                                }));
                    } else if (histogram != null) {
                        PromMessages.histogram(out, 4, histogram, row.timestampMs());
                    } else {
                        PromMessages.sample(out, 2, row.value(), row.timestampMs());
                    }
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
