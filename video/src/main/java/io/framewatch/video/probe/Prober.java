package io.framewatch.video.probe;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.state.StreamReading;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Looks at every stream of an inventory, each about once a second, at most so many at once, and
/// hands each reading to `readings` and each look at a segment to `segments`. A look that takes
/// longer makes the next ones be left out. Thread safe; both are called from many threads.
public final class Prober implements AutoCloseable {

    private final Inventory inventory;
    private final ProbeSettings settings;
    private final Pictures pictures;
    private final Clock clock;
    private final Consumer<StreamReading> readings;
    private final Consumer<SegmentLook> segments;
    private final Children children = new Children();
    private final Fetcher fetcher;
    private final SegmentDecoder decoder;
    private final Semaphore looks;
    private final Tasks tasks = new Tasks("probe");
    private final List<StreamProbe> probes = new ArrayList<>();
    private volatile boolean closed;

    /// Ready to start. Throws [FaultException] with code `probe_folder` if the work folder cannot
    /// be made.
    public Prober(
            Inventory inventory,
            ProbeSettings settings,
            Pictures pictures,
            Consumer<StreamReading> readings,
            Consumer<SegmentLook> segments,
            Clock clock) {
        this.inventory = inventory;
        this.settings = settings;
        this.pictures = pictures;
        this.readings = readings;
        this.segments = segments;
        this.clock = clock;
        this.looks = new Semaphore(settings.looksMax());
        this.fetcher = new Fetcher(settings, clock);
        try {
            this.decoder = new SegmentDecoder(settings, children);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "probe_folder",
                            "The folder " + settings.workFolder() + " cannot be made.",
                            "Give a folder that this program may write to."),
                    e);
        }
    }

    /// Starts looking, the streams spread over one period.
    public synchronized void start() {
        List<Inventory.Place> places = inventory.places();
        long periodMs = settings.period().toMillis();
        for (int i = 0; i < places.size(); i++) {
            VideoStream stream = places.get(i).stream();
            StreamProbe probe = probe(stream);
            probes.add(probe);
            tasks.every(
                    "probe-" + stream.id(),
                    Duration.ofMillis(periodMs * i / places.size()),
                    settings.period(),
                    () -> look(probe));
        }
    }

    private StreamProbe probe(VideoStream stream) {
        String scheme = URI.create(stream.urls().getFirst()).getScheme();
        return scheme.startsWith("http")
                ? new HlsProbe(stream, settings, fetcher, decoder, pictures, segments, clock)
                : new LiveProbe(stream, settings, children, pictures, clock);
    }

    private void look(StreamProbe probe) {
        if (closed || !looks.tryAcquire()) {
            return;
        }
        try {
            StreamReading reading = probe.look();
            if (!closed) {
                readings.accept(reading);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looks.release();
        }
    }

    /// Stops looking and ends every child process.
    @Override
    public synchronized void close() {
        closed = true;
        tasks.close();
        probes.forEach(StreamProbe::close);
        children.close();
        fetcher.close();
    }
}
