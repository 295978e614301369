package io.framewatch.wire.remotewrite;

import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.push.WriteLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the samples and histograms of a series into a batch, which both versions have alike, and
/// counts what a request holds. Not thread safe.
final class PointReader {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Tags of a series' samples, and of a sample's value and timestamp.
    private static final byte SAMPLE = 2 << 3 | ProtoCursor.BYTES;

    private static final byte VALUE = 1 << 3 | ProtoCursor.FIXED64;
    private static final byte TIMESTAMP = 2 << 3 | ProtoCursor.VARINT;

    private final ProtoCursor cursor;
    private final WriteLimits limits;
    private final boolean starts;
    private int samples;
    private int histograms;
    private int exemplars;

    /// Reads where `cursor` stands; `starts` tells whether points have start timestamps.
    PointReader(ProtoCursor cursor, WriteLimits limits, boolean starts) {
        this.cursor = cursor;
        this.limits = limits;
        this.starts = starts;
    }

    /// A request begins.
    void begin() {
        samples = 0;
        histograms = 0;
        exemplars = 0;
    }

    /// What the request has held.
    RequestReader.Written written() {
        return new RequestReader.Written(samples, histograms, exemplars);
    }

    private void check() {
        if (samples + histograms >= limits.samplesMax()) {
            throw new WriteRequestException(
                    "the request has more than " + limits.samplesMax() + " samples");
        }
    }

    void sample(Series series, SampleBatch batch) {
        check();
        double value = 0;
        long timestampMs = 0;
        long startMs = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> value = cursor.real();
                case 2 -> timestampMs = cursor.integer();
                case 3 -> startMs = cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        batch.add(series, timestampMs, value);
        start(batch, startMs);
        samples++;
    }

    void histogram(Series series, SampleBatch batch) {
        check();
        RemoteHistogram histogram = RemoteHistogram.read(cursor);
        batch.add(series, histogram.timestampMs(), histogram.toModel());
        start(batch, histogram.startTimestampMs());
        histograms++;
    }

    /// Takes a sample that stands in `data` from `at` to `limit` as senders write it: a value, left
    /// out if it is 0, and a timestamp, and nothing behind them. False if anything else stands
    /// there; then nothing was taken.
    boolean loneSample(byte[] data, int at, int limit, Series series, SampleBatch batch) {
        if (limit - at < 4 || data[at] != SAMPLE || data[at + 1] != limit - at - 2) {
            return false;
        }
        int next = at + 2;
        double value = 0;
        if (data[next] == VALUE) {
            if (limit - next <= 1 + Double.BYTES) {
                return false;
            }
            value = Double.longBitsToDouble((long) LONG.get(data, next + 1));
            next += 1 + Double.BYTES;
        }
        if (data[next] != TIMESTAMP) {
            return false;
        }
        long timestampMs = 0;
        int shift = 0;
        for (next++; next < limit - 1 && shift < 56 && data[next] < 0; next++) {
            timestampMs |= (data[next] & 0x7fL) << shift;
            shift += 7;
        }
        if (next != limit - 1 || data[next] < 0) {
            return false;
        }
        check();
        batch.add(series, timestampMs | (long) data[next] << shift, value);
        samples++;
        return true;
    }

    private void start(SampleBatch batch, long startMs) {
        if (starts && startMs != 0) {
            batch.startTimestampMs(startMs);
        }
    }

    void exemplar() {
        exemplars++;
    }
}
