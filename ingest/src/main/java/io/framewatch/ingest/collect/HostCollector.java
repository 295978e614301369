package io.framewatch.ingest.collect;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.store.MetricAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Appends the host's numbers every interval. What a host does not have is left out and shown as
/// `node_scrape_collector_success` 0. Thread safe.
public final class HostCollector implements AutoCloseable {

    private final Clock clock;
    private final HostOptions options;
    private final HostReading reading;
    private final List<HostSource> sources;
    private final Tasks tasks = new Tasks("host");
    private final ReentrantLock lock = new ReentrantLock();
    private volatile String lastFailure = "";

    /// A collector that reads nothing until [#start] or [#collect].
    public HostCollector(MetricAppender appender, Clock clock, HostOptions options) {
        this.clock = clock;
        this.options = options;
        this.reading = new HostReading(appender, options);
        this.sources =
                List.of(
                        new StatSource(options.proc()),
                        new MemorySource(options.proc()),
                        new LoadSource(options.proc()),
                        new FilesystemSource(options.proc(), options.rootfs()),
                        new DiskSource(options.proc()),
                        new NetworkSource(options.proc(), options.sys()),
                        new PressureSource(options.proc()),
                        new VmstatSource(options.proc()),
                        new NetstatSource(options.proc()),
                        new SystemSource(options.proc(), clock),
                        new CgroupSource(options.proc(), options.sys()),
                        new ProcessSource(options.proc()));
    }

    /// Reads now and then every interval, until closed.
    public void start() {
        Duration interval = Duration.ofMillis(options.intervalMs());
        tasks.every("host-collector", Duration.ZERO, interval, this::collectQuietly);
    }

    private void collectQuietly() {
        try {
            collect();
            lastFailure = "";
        } catch (FaultException e) {
            lastFailure = e.fault().message();
        }
    }

    /// Why the store did not take the latest reading, empty if it did.
    public String lastFailure() {
        return lastFailure;
    }

    /// Reads once. Throws [FaultException] if the store does not take it.
    public void collect() {
        lock.lock();
        try {
            reading.begin(clock.nowMs());
            for (HostSource source : sources) {
                read(source);
            }
            reading.gauge("up", 1);
            reading.end();
        } finally {
            lock.unlock();
        }
    }

    private void read(HostSource source) {
        long startNs = clock.nanoTime();
        double success = 1;
        try {
            source.read(reading);
        } catch (IOException e) {
            success = 0;
        }
        double seconds = (clock.nanoTime() - startNs) / 1e9;
        String[] label = {"collector", source.name()};
        reading.gauge("node_scrape_collector_success", success, label);
        reading.gauge("node_scrape_collector_duration_seconds", seconds, label);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
