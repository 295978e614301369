package io.framewatch.wire.remotewrite;

import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.push.WriteLimits;

/// Reads the samples and histograms of a series into a batch, which both versions have alike, and
/// counts what a request holds. Not thread safe.
final class PointReader {

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

    private void start(SampleBatch batch, long startMs) {
        if (starts && startMs != 0) {
            batch.startTimestampMs(startMs);
        }
    }

    void exemplar() {
        exemplars++;
    }
}
