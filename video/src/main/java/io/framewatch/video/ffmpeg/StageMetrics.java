package io.framewatch.video.ffmpeg;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Appends what supervisors know of their stages as series. Not thread safe: one thread calls
/// [#append].
public final class StageMetrics {

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final MetricAppender appender;
    private final Tenant tenant;
    private final Clock clock;
    private final Map<Labels, Series> series = new HashMap<>();
    private final Map<StageId, CpuMark> marks = new HashMap<>();

    private record CpuMark(long pid, long cpuMs, long atNs) {}

    /// Appends for `tenant`.
    public StageMetrics(MetricAppender appender, Tenant tenant, Clock clock) {
        this.appender = appender;
        this.tenant = tenant;
        this.clock = clock;
        appender.metadata(tenant, metadata());
    }

    private static List<MetricMetadata> metadata() {
        List<MetricMetadata> all = new ArrayList<>();
        counter(all, "framewatch_stage_frames", "Video frames written by a stage.");
        counter(all, "framewatch_stage_output_bytes", "Bytes written by a stage.");
        counter(all, "framewatch_stage_dup_frames", "Frames written twice to keep the rate.");
        counter(all, "framewatch_stage_drop_frames", "Frames left out to keep the rate.");
        counter(all, "framewatch_stage_restarts", "Restarts of a stage's process.");
        counter(all, "framewatch_stage_log_lines", "Lines logged by a stage, by level.");
        counter(all, "framewatch_stage_log_signatures", "Known troubles in a stage's log.");
        gauge(all, "framewatch_stage_up", "1 while the stage's process runs and is not stopped.");
        gauge(all, "framewatch_stage_fps", "Frames a stage writes per second.");
        gauge(all, "framewatch_stage_speed", "Media seconds a stage writes per second.");
        gauge(all, "framewatch_stage_lag_seconds", "How late a stage's output is.");
        gauge(all, "ffmpeg_process_cpu_percent", "Processor time used, percent of one core.");
        gauge(all, "ffmpeg_process_memory_mb", "Resident memory, MiB.");
        gauge(all, "ffmpeg_process_uptime_seconds", "Seconds since the process was started.");
        counter(all, "ffmpeg_process_restarts", "Restarts of the process.");
        return all;
    }

    private static void counter(List<MetricMetadata> all, String family, String help) {
        all.add(new MetricMetadata(family, MetricMetadata.Type.COUNTER, help, ""));
    }

    private static void gauge(List<MetricMetadata> all, String family, String help) {
        all.add(new MetricMetadata(family, MetricMetadata.Type.GAUGE, help, ""));
    }

    /// Appends one sample of every series of these stages.
    public void append(List<FfmpegSupervisor> supervisors) {
        SampleBatch batch = new SampleBatch(tenant, supervisors.size() * 24);
        for (FfmpegSupervisor supervisor : supervisors) {
            StageSnapshot now = supervisor.snapshot();
            stage(batch, now);
            process(batch, now);
            log(batch, now, supervisor.logCounts());
        }
        appender.append(batch);
    }

    private void stage(SampleBatch batch, StageSnapshot now) {
        add(batch, now, "framewatch_stage_frames_total", (double) now.framesTotal());
        add(batch, now, "framewatch_stage_output_bytes_total", (double) now.outputBytesTotal());
        add(batch, now, "framewatch_stage_dup_frames_total", (double) now.duplicatedTotal());
        add(batch, now, "framewatch_stage_drop_frames_total", (double) now.droppedTotal());
        add(batch, now, "framewatch_stage_restarts_total", now.restarts());
        boolean up = now.pid() != 0 && !now.process().isStopped();
        add(batch, now, "framewatch_stage_up", up ? 1 : 0);
        measured(batch, now, "framewatch_stage_fps", now.fps());
        measured(batch, now, "framewatch_stage_speed", now.speed());
        measured(batch, now, "framewatch_stage_lag_seconds", now.lagSeconds());
    }

    private void process(SampleBatch batch, StageSnapshot now) {
        add(batch, now, "ffmpeg_process_restarts_total", now.restarts());
        boolean known = now.pid() != 0 && now.process().cpuMs() >= 0;
        measured(batch, now, "ffmpeg_process_cpu_percent", cpuPercent(now));
        measured(
                batch,
                now,
                "ffmpeg_process_memory_mb",
                known ? now.process().residentBytes() / MEBIBYTE : Double.NaN);
        measured(
                batch,
                now,
                "ffmpeg_process_uptime_seconds",
                known ? now.uptimeMs() / 1_000.0 : Double.NaN);
    }

    private double cpuPercent(StageSnapshot now) {
        long nowNs = clock.nanoTime();
        CpuMark mark = marks.put(now.stage(), new CpuMark(now.pid(), now.process().cpuMs(), nowNs));
        if (mark == null || now.pid() == 0 || mark.pid != now.pid() || mark.cpuMs < 0) {
            return Double.NaN;
        }
        double elapsedMs = (nowNs - mark.atNs) / 1e6;
        return elapsedMs <= 0 ? Double.NaN : 100 * (now.process().cpuMs() - mark.cpuMs) / elapsedMs;
    }

    private void log(SampleBatch batch, StageSnapshot now, LogCounts counts) {
        for (LogLevel level : LogLevel.values()) {
            if (level.compareTo(LogLevel.WARNING) >= 0) {
                addLog(batch, now, "lines", "level", level.word(), counts.of(level));
            }
        }
        for (LogSignature signature : LogSignature.values()) {
            if (counts.of(signature) > 0) {
                addLog(
                        batch,
                        now,
                        "signatures",
                        "signature",
                        signature.word(),
                        counts.of(signature));
            }
        }
    }

    private void addLog(
            SampleBatch batch,
            StageSnapshot now,
            String what,
            String label,
            String value,
            long count) {
        Labels labels =
                now.stage()
                        .labels()
                        .with(Labels.NAME, "framewatch_stage_log_" + what + "_total")
                        .with(label, value);
        batch.add(series(labels), now.atMs(), (double) count);
    }

    private void add(SampleBatch batch, StageSnapshot now, String name, double value) {
        batch.add(series(now.stage().labels().with(Labels.NAME, name)), now.atMs(), value);
    }

    /// A gauge that is not known now ends with a staleness marker instead of its last value.
    private void measured(SampleBatch batch, StageSnapshot now, String name, double value) {
        Labels labels = now.stage().labels().with(Labels.NAME, name);
        if (!Double.isNaN(value)) {
            batch.add(series(labels), now.atMs(), value);
        } else if (series.containsKey(labels)) {
            batch.add(series(labels), now.atMs(), StaleNaN.VALUE);
            series.remove(labels);
        }
    }

    private Series series(Labels labels) {
        return series.computeIfAbsent(labels, unknown -> appender.series(tenant, unknown));
    }
}
