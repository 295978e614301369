package io.framewatch.wire.remoteread;

import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes a `prometheus.ReadResponse`, result by result, series by series. Not thread safe.
public final class ReadResponseWriter {

    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private ByteArrayOutputStream result = new ByteArrayOutputStream();

    /// One sample of a series.
    @FunctionalInterface
    public interface Points {

        /// Hands each sample to `sink`, in time order.
        void each(Sink sink) throws IOException;
    }

    /// Takes the samples of a series.
    @FunctionalInterface
    public interface Sink {

        /// One sample; a histogram, or a number where that is null.
        void point(long timestampMs, double value, @Nullable NativeHistogram histogram)
                throws IOException;
    }

    /// Adds a series to the current result.
    public ReadResponseWriter series(Labels labels, Points points) {
        byte[] series =
                PromMessages.message(out -> {
                    PromMessages.labels(out, 1, labels);
                    points.each((timestampMs, value, histogram) -> {
                        if (histogram == null) {
                            PromMessages.sample(out, 2, value, timestampMs);
                        } else {
                            PromMessages.histogram(out, 4, histogram, timestampMs);
                        }
                    });
                });
        result.writeBytes(field(series));
        return this;
    }

    /// Ends the current result; the next series belong to the next query.
    public ReadResponseWriter endResult() {
        response.writeBytes(field(result.toByteArray()));
        result = new ByteArrayOutputStream();
        return this;
    }

    private static byte[] field(byte[] message) {
        return PromMessages.message((CodedOutputStream out) -> out.writeByteArray(1, message));
    }

    /// The whole response, not compressed.
    public byte[] toBytes() {
        return response.toByteArray();
    }
}
