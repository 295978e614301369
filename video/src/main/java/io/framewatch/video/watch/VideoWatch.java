package io.framewatch.video.watch;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import io.framewatch.video.cause.CauseFinder;
import io.framewatch.video.cause.Message;
import io.framewatch.video.cause.Words;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.metrics.StreamMetrics;
import io.framewatch.video.now.ChangeLog;
import io.framewatch.video.now.Now;
import io.framewatch.video.now.NowService;
import io.framewatch.video.now.NowSources;
import io.framewatch.video.probe.Pictures;
import io.framewatch.video.probe.ProbeSettings;
import io.framewatch.video.probe.Prober;
import io.framewatch.video.segment.LookSignals;
import io.framewatch.video.segment.RecentSegments;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.segment.SegmentSignals;
import io.framewatch.video.segment.TraceIds;
import io.framewatch.video.state.StageStates;
import io.framewatch.video.state.StateChange;
import io.framewatch.video.state.StateRules;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Watches the streams of an inventory: probes look, states follow, causes are found, metrics are
/// appended once a second. Thread safe.
public final class VideoWatch implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Inventory inventory;
    private final Clock clock;
    private final StreamStates streams;
    private final StageStates stages = new StageStates();
    private final Pictures pictures = new Pictures();
    private final ChangeLog changes = new ChangeLog();
    private final RecentSegments segments = new RecentSegments();
    private final LookSignals signals;
    private final CauseFinder causes;
    private final Prober prober;
    private final StreamMetrics metrics;
    private final Object metricsLock = new Object();
    private final Tasks tasks = new Tasks("video");

    /// Ready to start; `signals` takes the spans and lines of segments, `zone` is whose time of day
    /// sentences tell. Throws [FaultException] with code `probe_folder`.
    public VideoWatch(
            Inventory inventory,
            ProbeSettings settings,
            MetricAppender appender,
            SegmentSignals signals,
            Tenant tenant,
            ZoneId zone,
            Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
        this.streams = new StreamStates(inventory, StateRules.DEFAULT, clock);
        this.causes = new CauseFinder(inventory, streams, stages, new Words(zone));
        this.signals = new LookSignals(signals, new TraceIds(), this::labels);
        this.prober =
                new Prober(inventory, settings, pictures, streams::observe, this::keep, clock);
        this.metrics = new StreamMetrics(inventory, appender, tenant, clock);
        streams.onChange(this::note);
    }

    private Labels labels(String streamId) {
        Inventory.Place place = inventory.place(streamId);
        Labels.Builder labels = new Labels.Builder().set("stream_id", streamId);
        if (place != null) {
            labels.set("camera_id", place.camera().id()).set("site", place.site().id());
        }
        return labels.build();
    }

    private void keep(SegmentLook look) {
        segments.add(look, signals.take(look));
    }

    /// Starts looking.
    public void start() {
        prober.start();
        tasks.every("video-tick", TICK, TICK, this::tick);
    }

    private void tick() {
        streams.tick();
        synchronized (metricsLock) {
            metrics.append(streams.all(), stages.all());
        }
    }

    private void note(StateChange change) {
        if (change.from() == StreamState.UNKNOWN || change.from() == StreamState.CONNECTING) {
            return;
        }
        Inventory.Place place = inventory.place(change.streamId());
        String name = place == null ? change.streamId() : place.stream().name();
        changes.add(
                new Now.Change(
                        Instant.ofEpochMilli(change.atMs()),
                        "state",
                        name + " is " + change.to().adjective(),
                        "was " + change.from().adjective(),
                        Message.of(
                                "state.changed",
                                "name",
                                name,
                                "from",
                                change.from().name(),
                                "to",
                                change.to().name())));
    }

    /// What is expected.
    public Inventory inventory() {
        return inventory;
    }

    /// The states of streams.
    public StreamStates streams() {
        return streams;
    }

    /// The states of stages; whoever runs stages reports here.
    public StageStates stages() {
        return stages;
    }

    /// The newest segments of each stream.
    public RecentSegments segments() {
        return segments;
    }

    /// Causes of trouble.
    public CauseFinder causes() {
        return causes;
    }

    /// Newest thumbnails.
    public Pictures pictures() {
        return pictures;
    }

    /// What changed lately; others may add to it.
    public ChangeLog changes() {
        return changes;
    }

    /// The page's data, from here and from `sources`.
    public NowService now(NowSources sources) {
        return new NowService(inventory, streams, stages, causes, sources, clock);
    }

    /// Stops looking, ends every child process and every series.
    @Override
    public void close() {
        tasks.close();
        prober.close();
        synchronized (metricsLock) {
            try {
                metrics.end();
            } catch (FaultException e) {
                return; // the store takes nothing more: its series end by themselves
            }
        }
    }
}
