package io.framewatch.query.promqltest;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Tenant;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A durable store on a real engine whose hot window begins at a chosen time, whatever the clock of
/// the machine shows, so that a test decides what is answered where.
public final class DurableStores implements AutoCloseable {

    /// So early that the hot window answers everything.
    public static final long ALL_HOT_MS = -1_000_000_000_000L;

    /// So late that the engine answers everything.
    public static final long ALL_ENGINE_MS = 4_000_000_000_000L;

    private static final FlushOptions AT_ONCE =
            new FlushOptions(Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(1));

    private final TestEngine engine;
    private final EngineMetricStore store;
    private int tenants;

    /// A store in `folder` whose window begins at `hotFromMs`.
    public DurableStores(Path folder, long hotFromMs) throws IOException {
        this.engine = TestEngine.start(folder.resolve("engine"));
        EngineStoreOptions usual = EngineStoreOptions.DEFAULT;
        EngineStoreOptions options =
                new EngineStoreOptions(
                        usual.wal(),
                        usual.hot(),
                        AT_ONCE,
                        Retention.FOR_EVER,
                        Duration.ZERO,
                        Duration.ofDays(100_000),
                        usual.patience());
        this.store =
                EngineMetricStore.open(
                        folder.resolve("store"),
                        new EngineClickHouse(new EngineClient(engine.options().socket(), 8)),
                        options,
                        new ManualClock(hotFromMs),
                        line -> {});
    }

    /// The store.
    public EngineMetricStore store() {
        return store;
    }

    /// A tenant without data.
    public Tenant tenant() {
        return new Tenant("test-" + ++tenants);
    }

    ScriptRunner.Place place() {
        return new ScriptRunner.Place(store, tenant(), () -> {});
    }

    @Override
    public void close() {
        store.close();
        engine.close();
    }
}
