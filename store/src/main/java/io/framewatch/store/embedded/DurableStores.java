package io.framewatch.store.embedded;

import io.framewatch.model.Clock;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.CountedClickHouse;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.logs.EngineLogStore;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.store.metrics.SeriesKey;
import io.framewatch.store.tail.Signal;
import io.framewatch.store.traces.EngineTraceStore;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The durable stores of all three signals on one log and one engine. Thread safe.
public final class DurableStores implements AutoCloseable {

    private final Journal journal;
    private final CountedClickHouse clickHouse;
    private final EngineStoreOptions options;
    private final DiskGuard disk;
    private final EngineMetricStore metrics;
    private final EngineLogStore logs;
    private final EngineTraceStore traces;

    private DurableStores(
            Path folder,
            ClickHouse engine,
            EngineStoreOptions options,
            Signal logLimits,
            Signal traceLimits,
            DiskGuard.FreeSpace free,
            DiskLimits diskLimits,
            Clock clock,
            Consumer<String> log) {
        this.clickHouse = new CountedClickHouse(engine, clock);
        this.options = options;
        this.disk = new DiskGuard(clickHouse, diskLimits, free, clock, log);
        this.journal =
                Journal.open(
                        folder,
                        clickHouse,
                        new Migrations(clickHouse, options.retention()),
                        options.wal(),
                        options.flush(),
                        clock,
                        log);
        this.metrics = new EngineMetricStore(folder, journal, clickHouse, options, clock, log);
        byte[] key = SeriesKey.of(folder);
        this.logs = new EngineLogStore(journal, clickHouse, key, logLimits, clock);
        this.traces = new EngineTraceStore(journal, clickHouse, traceLimits, clock);
    }

    /// Opens the stores in `folder` on an engine, which need not answer yet, and begins to flush.
    /// `log` receives lines about trouble. The stores close `clickHouse`.
    ///
    /// The tables need not lie on this machine, so that its free space does not matter.
    public static DurableStores open(
            Path folder,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            Signal logLimits,
            Signal traceLimits,
            Clock clock,
            Consumer<String> log) {
        return open(
                folder,
                clickHouse,
                options,
                logLimits,
                traceLimits,
                () -> Long.MAX_VALUE,
                DiskLimits.DEFAULT,
                clock,
                log);
    }

    /// The same with limits of the disk.
    public static DurableStores open(
            Path folder,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            DiskLimits diskLimits,
            Clock clock,
            Consumer<String> log) {
        return open(
                folder,
                clickHouse,
                options,
                Signal.DEFAULT.withRetentionDays(options.retention().days()),
                Signal.DEFAULT.withRetentionDays(options.retention().days()),
                () -> Long.MAX_VALUE,
                diskLimits,
                clock,
                log);
    }

    /// The same; the oldest days go when the tables reach `diskLimits`, or when `free` tells of too
    /// little space.
    static DurableStores open(
            Path folder,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            Signal logLimits,
            Signal traceLimits,
            DiskGuard.FreeSpace free,
            DiskLimits diskLimits,
            Clock clock,
            Consumer<String> log) {
        DurableStores stores =
                new DurableStores(
                        folder,
                        clickHouse,
                        options,
                        logLimits,
                        traceLimits,
                        free,
                        diskLimits,
                        clock,
                        log);
        stores.journal.start();
        stores.metrics.warmUp();
        stores.disk.start();
        return stores;
    }

    /// How the stores are; asks nobody, so that it may be called often.
    public StoreStatus status() {
        return new StoreStatus(
                journal.walStats(),
                options.wal().totalBytesMax(),
                journal.flushStatus(),
                journal.lagRecords(),
                journal.lagMs(),
                metrics.hotStatus(),
                clickHouse.stats(),
                disk.status(),
                metrics.uncheckedSamples());
    }

    /// The store for numbers.
    public EngineMetricStore metrics() {
        return metrics;
    }

    /// The store for log lines.
    public EngineLogStore logs() {
        return logs;
    }

    /// The store for spans.
    public EngineTraceStore traces() {
        return traces;
    }

    /// The log they share, and what empties it.
    public Journal journal() {
        return journal;
    }

    /// Closes the stores and the log. What is not flushed yet lies in the log.
    @Override
    public void close() {
        disk.close();
        metrics.close();
        journal.close();
        clickHouse.close();
    }
}
