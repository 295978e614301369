package io.framewatch.server.parts;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogStore;
import io.framewatch.video.ffmpeg.StageLog;
import io.framewatch.video.ffmpeg.StageLogRecord;
import java.util.List;

/// Keeps what stages log as log lines, with the labels of their metrics. Thread safe.
final class StageLogLines implements StageLog {

    private final LogStore logs;

    StageLogLines(LogStore logs) {
        this.logs = logs;
    }

    @Override
    public void take(StageLogRecord entry) {
        Labels stream =
                entry.stage()
                        .labels()
                        .with("service_name", "ffmpeg")
                        .with("level", entry.level().word());
        Labels metadata =
                new Labels.Builder()
                        .set("component", entry.component())
                        .set("signature", entry.signature().word())
                        .set("pid", Long.toString(entry.pid()))
                        .build();
        long atNs = entry.atMs() * LogEntry.NS_PER_MS;
        try {
            logs.append(
                    Tenant.DEFAULT, List.of(new LogEntry(atNs, stream, entry.message(), metadata)));
        } catch (FaultException e) {
            return; // the store is full: the line is counted in the stage's metrics
        }
    }
}
