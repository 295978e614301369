package io.framewatch.server.parts;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.server.config.ClickHouseSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.telemetry.EngineMetrics;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.server.telemetry.StoreMetrics;
import io.framewatch.store.LogStore;
import io.framewatch.store.MetricStore;
import io.framewatch.store.TraceStore;
import io.framewatch.store.clickhouse.RemoteClickHouse;
import io.framewatch.store.clickhouse.RemoteServer;
import io.framewatch.store.embedded.DurableStores;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.InMemoryTraceStore;
import io.framewatch.store.memory.MemoryLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the three signals are kept: durably, or in memory as long as the process lives. Thread
/// safe.
public final class Stores implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Stores.class);

    /// Lines held in memory, bytes of text and a little more per line.
    private static final long LOG_BYTES_MAX = 64L << 20;

    /// Spans held in memory.
    private static final int SPANS_MAX = 100_000;

    /// Calls to a ClickHouse server under way at once; more wait.
    private static final int REMOTE_CALLS_MAX = 32;

    private final MetricStore metrics;
    private final LogStore logs;
    private final TraceStore traces;
    private final Runnable onClose;
    private Consumer<Meters> measured = _ -> {};

    private Stores(MetricStore metrics, LogStore logs, TraceStore traces, Runnable onClose) {
        this.metrics = metrics;
        this.logs = logs;
        this.traces = traces;
        this.onClose = onClose;
    }

    /// The stores that the settings ask for. Durable ones take in data at once, while their engine
    /// is still starting.
    public static Stores open(Settings settings, Clock clock) {
        if (!settings.store().durable()) {
            MetricStore metrics = new InMemoryMetricStore(memoryLimits(settings), log::warn);
            return new Stores(
                    metrics,
                    new InMemoryLogStore(LOG_BYTES_MAX),
                    new InMemoryTraceStore(SPANS_MAX),
                    metrics::close);
        }
        ClickHouseSettings remote = settings.store().limits().clickHouse();
        return remote == null ? embedded(settings, clock) : remote(settings, remote, clock);
    }

    private static Stores embedded(Settings settings, Clock clock) {
        Path library = EngineLibrary.ofUser().fetch(log::info);
        EmbeddedStore store =
                EmbeddedStore.open(
                        data(settings),
                        library,
                        settings.store().engineMemoryBytes(),
                        DurableOptions.of(settings.store()),
                        DurableOptions.disk(settings.store()),
                        clock,
                        Stores::told);
        Stores stores = new Stores(store.metrics(), store.logs(), store.traces(), store::close);
        stores.measured =
                meters -> {
                    StoreMetrics.addTo(meters, store::status);
                    EngineMetrics.addTo(meters, store::engineStatus);
                };
        return stores;
    }

    private static Stores remote(Settings settings, ClickHouseSettings remote, Clock clock) {
        RemoteServer server =
                new RemoteServer(
                        remote.url(),
                        remote.user(),
                        DurableOptions.password(remote.passwordFile()),
                        remote.caFile(),
                        REMOTE_CALLS_MAX);
        DurableStores store =
                DurableStores.open(
                        data(settings),
                        new RemoteClickHouse(server),
                        DurableOptions.of(settings.store()),
                        DurableOptions.disk(settings.store()),
                        clock,
                        Stores::told);
        Stores stores = new Stores(store.metrics(), store.logs(), store.traces(), store::close);
        stores.measured = meters -> StoreMetrics.addTo(meters, store::status);
        return stores;
    }

    private static Path data(Settings settings) {
        return settings.store().folder().toAbsolutePath().resolve("data");
    }

    /// Adds what the stores tell of themselves to `meters`.
    public void measure(Meters meters) {
        measured.accept(meters);
    }

    /// The engine is talkative, and what it says of itself is for those who look for it.
    private static void told(String line) {
        if (line.startsWith("engine: ")) {
            log.debug(line);
        } else {
            log.info(line);
        }
    }

    private static MemoryLimits memoryLimits(Settings settings) {
        return new MemoryLimits(
                settings.store().seriesPerTenantMax(),
                Duration.ofMillis(settings.store().retentionMs()),
                MemoryLimits.DEFAULT.samplesMax(),
                settings.store().series());
    }

    /// Where samples are kept.
    public MetricStore metrics() {
        return metrics;
    }

    /// Where log lines are kept.
    public LogStore logs() {
        return logs;
    }

    /// Where spans are kept.
    public TraceStore traces() {
        return traces;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
