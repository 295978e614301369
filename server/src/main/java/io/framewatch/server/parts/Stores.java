package io.framewatch.server.parts;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.server.config.Settings;
import io.framewatch.store.LogStore;
import io.framewatch.store.MetricStore;
import io.framewatch.store.TraceStore;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.InMemoryTraceStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
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

    private final MetricStore metrics;
    private final LogStore logs;
    private final TraceStore traces;
    private final Runnable onClose;

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
            MetricStore metrics = new InMemoryMetricStore(memoryLimits(settings));
            return new Stores(
                    metrics,
                    new InMemoryLogStore(LOG_BYTES_MAX),
                    new InMemoryTraceStore(SPANS_MAX),
                    metrics::close);
        }
        Path library = EngineLibrary.ofUser().fetch(log::info);
        EmbeddedStore store =
                EmbeddedStore.open(
                        settings.store().folder().toAbsolutePath().resolve("data"),
                        library,
                        settings.store().engineMemoryBytes(),
                        EngineStoreOptions.DEFAULT,
                        clock,
                        Stores::told);
        return new Stores(store.metrics(), store.logs(), store.traces(), store::close);
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
                MemoryLimits.DEFAULT.samplesMax());
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
