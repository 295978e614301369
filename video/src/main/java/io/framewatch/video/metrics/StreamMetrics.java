package io.framewatch.video.metrics;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StageState;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamReading;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Appends what is known of streams and stages. A series whose value is not known now, and every
/// series of a stream that has left, ends with a staleness marker. Not thread safe: one thread
/// calls [#append] and [#end].
public final class StreamMetrics {

    private static final String STREAM = "framewatch_stream_";
    private static final int SERIES_PER_STREAM = 32;

    private final Inventory inventory;
    private final MetricAppender appender;
    private final Tenant tenant;
    private final Clock clock;
    private Map<Labels, Series> alive = new HashMap<>();
    private Map<Labels, Series> seen = new HashMap<>();
    private final Map<String, Labels> labels = new HashMap<>();

    /// Appends for `tenant`.
    public StreamMetrics(Inventory inventory, MetricAppender appender, Tenant tenant, Clock clock) {
        this.inventory = inventory;
        this.appender = appender;
        this.tenant = tenant;
        this.clock = clock;
        appender.metadata(tenant, metadata());
    }

    private static List<MetricMetadata> metadata() {
        List<MetricMetadata> all = new ArrayList<>();
        gauge(all, "expected", "1 while the schedule says that the stream is on.");
        gauge(all, "state", "1 for the state the stream is in, 0 for the others.");
        gauge(all, "state_seconds", "How long the stream has been in its state.");
        gauge(all, "fps", "Frames per second of media time.");
        gauge(all, "expected_fps", "Frames per second that the inventory expects.");
        gauge(all, "bitrate_bits_per_second", "Bits per second of media time.");
        gauge(all, "segment_age_seconds", "Time since the newest segment arrived.");
        gauge(all, "live_edge_lag_seconds", "Now minus the wall time of the newest media's end.");
        gauge(all, "arrival_speed", "Media seconds that arrive per second.");
        gauge(all, "ttfb_seconds", "Time to the first byte of the newest segment.");
        gauge(all, "freeze_seconds", "How long the same picture has been shown.");
        gauge(all, "black_seconds", "How long the picture has been black.");
        gauge(all, "silence_seconds", "How long the sound has been silent.");
        gauge(all, "luma", "Mean brightness of the newest picture, 0 to 255.");
        gauge(all, "probe_success", "1 if the last look found the source, 0 if not.");
        gauge(all, "probe_duration_seconds", "How long the last look took.");
        all.add(
                new MetricMetadata(
                        "framewatch_stage_state",
                        MetricMetadata.Type.GAUGE,
                        "1 for the state the stage is in, 0 for the others.",
                        ""));
        return all;
    }

    private static void gauge(List<MetricMetadata> all, String name, String help) {
        all.add(new MetricMetadata(STREAM + name, MetricMetadata.Type.GAUGE, help, ""));
    }

    /// Appends one sample of every series.
    public void append(List<StreamStatus> streams, List<StageStatus> stages) {
        long nowMs = clock.nowMs();
        SampleBatch batch = new SampleBatch(tenant, streams.size() * SERIES_PER_STREAM);
        for (StreamStatus status : streams) {
            Inventory.Place place = inventory.place(status.streamId());
            if (place != null) {
                stream(batch, nowMs, status, place);
            }
        }
        for (StageStatus status : stages) {
            stage(batch, nowMs, status);
        }
        endOthers(batch, nowMs);
        appender.append(batch);
    }

    /// Ends every series, when watching ends.
    public void end() {
        SampleBatch batch = new SampleBatch(tenant, alive.size());
        endOthers(batch, clock.nowMs());
        appender.append(batch);
    }

    private void endOthers(SampleBatch batch, long nowMs) {
        alive.forEach((labelsOf, series) -> {
            if (!seen.containsKey(labelsOf)) {
                batch.add(series, nowMs, StaleNaN.VALUE);
            }
        });
        Map<Labels, Series> free = alive;
        alive = seen;
        seen = free;
        seen.clear();
    }

    private void stream(SampleBatch batch, long nowMs, StreamStatus status, Inventory.Place place) {
        Labels of = labels.computeIfAbsent(status.streamId(), _ -> labels(place));
        boolean on = place.stream().schedule().isOn(Instant.ofEpochMilli(nowMs));
        add(batch, of, "expected", nowMs, on ? 1 : 0);
        for (StreamState state : StreamState.values()) {
            Labels stated = of.with("state", state.word());
            add(batch, stated, "state", nowMs, state == status.state() ? 1 : 0);
        }
        add(batch, of, "state_seconds", nowMs, seconds(nowMs - status.sinceMs()));
        add(batch, of, "expected_fps", nowMs, orNaN(place.stream().fps()));
        StreamReading reading = status.reading();
        if (reading.atMs() == 0) {
            return;
        }
        StreamReading.Flow flow = reading.flow();
        add(batch, of, "fps", nowMs, flow.fps());
        add(batch, of, "bitrate_bits_per_second", nowMs, flow.bitrateBps());
        add(batch, of, "segment_age_seconds", nowMs, flow.segmentAgeSeconds());
        add(batch, of, "live_edge_lag_seconds", nowMs, flow.liveEdgeLagSeconds());
        add(batch, of, "arrival_speed", nowMs, flow.speed());
        add(batch, of, "ttfb_seconds", nowMs, flow.ttfbSeconds());
        add(batch, of, "probe_duration_seconds", nowMs, flow.probeSeconds());
        boolean found = !reading.arrival().isFailure() && reading.arrival() != Arrival.NONE_YET;
        add(batch, of, "probe_success", nowMs, found ? 1 : 0);
        picture(batch, nowMs, of, reading.picture());
    }

    private void picture(SampleBatch batch, long nowMs, Labels of, StreamReading.Picture picture) {
        if (picture.seenAtMs() == 0) {
            return;
        }
        add(batch, of, "luma", nowMs, picture.luma());
        add(batch, of, "freeze_seconds", nowMs, length(picture.frozenSinceMs(), picture));
        add(batch, of, "black_seconds", nowMs, length(picture.blackSinceMs(), picture));
        add(batch, of, "silence_seconds", nowMs, length(picture.silentSinceMs(), picture));
    }

    private static double length(long sinceMs, StreamReading.Picture picture) {
        return sinceMs == 0 ? 0 : seconds(picture.seenAtMs() - sinceMs);
    }

    private static double seconds(long ms) {
        return Math.max(0, ms) / 1000.0;
    }

    private static double orNaN(double expected) {
        return expected > 0 ? expected : Double.NaN;
    }

    private static Labels labels(Inventory.Place place) {
        return Labels.of(
                "site", place.site().id(),
                "camera_id", place.camera().id(),
                "stream_id", place.stream().id());
    }

    private void stage(SampleBatch batch, long nowMs, StageStatus status) {
        String runId = status.report().stageId();
        String streamId = status.report().streamId();
        Inventory.Place place = inventory.place(streamId);
        int slash = runId.indexOf('/');
        Labels of =
                (place == null ? Labels.EMPTY : labels(place))
                        .toBuilder()
                                .set("stream_id", streamId)
                                .set("pipeline", status.report().pipelineId())
                                .set("stage", slash < 0 ? runId : runId.substring(0, slash))
                                .build();
        for (StageState state : StageState.values()) {
            Labels stated = of.with("state", state.word());
            put(batch, stated, "framewatch_stage_state", nowMs, state == status.state() ? 1 : 0);
        }
    }

    private void add(SampleBatch batch, Labels of, String name, long nowMs, double value) {
        put(batch, of, STREAM + name, nowMs, value);
    }

    private void put(SampleBatch batch, Labels of, String name, long nowMs, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        Labels full = of.with(Labels.NAME, name);
        Series known = alive.get(full);
        Series series = known == null ? appender.series(tenant, full) : known;
        seen.put(full, series);
        batch.add(series, nowMs, value);
    }
}
