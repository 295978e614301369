package io.framewatch.server.parts;

import io.framewatch.demo.DemoSinks;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.video.ffmpeg.StageLogRecord;
import io.framewatch.video.segment.SegmentSignals;
import org.jspecify.annotations.Nullable;

/// Keeps what stages log as log lines, with the labels of their metrics and, where it is known, the
/// trace of the segment that was under way. Thread safe.
final class StageLogLines implements DemoSinks.TracedLog {

    private final SegmentSignals signals;

    StageLogLines(SegmentSignals signals) {
        this.signals = signals;
    }

    @Override
    public void take(StageLogRecord entry, @Nullable String traceId) {
        Labels stream =
                entry.stage()
                        .labels()
                        .with("service_name", "ffmpeg")
                        .with("level", entry.level().word());
        Labels.Builder metadata =
                new Labels.Builder()
                        .set("component", entry.component())
                        .set("signature", entry.signature().word())
                        .set("pid", Long.toString(entry.pid()));
        if (traceId != null) {
            metadata.set("trace_id", traceId);
        }
        long atNs = entry.atMs() * LogEntry.NS_PER_MS;
        signals.line(new LogEntry(atNs, stream, entry.message(), metadata.build()));
    }
}
