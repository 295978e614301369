package io.framewatch.store.embedded;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.EngineOptions;
import io.framewatch.engine.EngineStatus;
import io.framewatch.engine.EngineSupervisor;
import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.store.LogStore;
import io.framewatch.store.TraceStore;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.store.tail.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;

/// A data folder that is in use: the engine's process and the durable stores on it. Thread safe.
///
/// The folder holds `wal`, `engine` (the hot volume), `cold`, `series.key` and `engine.sock`.
public final class EmbeddedStore implements AutoCloseable {

    /// Calls to the engine under way at once; more wait.
    private static final int CALLS_MAX = 32;

    private final EngineSupervisor supervisor;
    private final DurableStores stores;

    private EmbeddedStore(EngineSupervisor supervisor, DurableStores stores) {
        this.supervisor = supervisor;
        this.stores = stores;
    }

    /// Opens `folder`, which is made if missing. Appends may begin at once; the engine starts
    /// meanwhile, see [#awaitReady]. `log` receives lines of the engine and about trouble.
    ///
    /// @param library `libchdb.so`, from `EngineLibrary`
    /// @param engineMemoryBytesMax memory of all queries and merges together
    public static EmbeddedStore open(
            Path folder,
            Path library,
            long engineMemoryBytesMax,
            EngineStoreOptions options,
            Clock clock,
            Consumer<String> log) {
        return open(folder, library, engineMemoryBytesMax, options, DiskLimits.DEFAULT, clock, log);
    }

    /// The same; the oldest days go when the data reaches `diskLimits`.
    public static EmbeddedStore open(
            Path folder,
            Path library,
            long engineMemoryBytesMax,
            EngineStoreOptions options,
            DiskLimits diskLimits,
            Clock clock,
            Consumer<String> log) {
        EngineOptions engine = engineOptions(folder, library, engineMemoryBytesMax);
        EngineSupervisor supervisor =
                EngineSupervisor.start(engine, clock, line -> log.accept("engine: " + line));
        try {
            EngineClient client = new EngineClient(engine.socket(), CALLS_MAX);
            DurableStores stores =
                    DurableStores.open(
                            folder,
                            new EngineClickHouse(client),
                            options,
                            Signal.DEFAULT.withRetentionDays(options.retention().days()),
                            Signal.DEFAULT.withRetentionDays(options.retention().days()),
                            DiskGuard.of(folder),
                            diskLimits,
                            clock,
                            log);
            return new EmbeddedStore(supervisor, stores);
        } catch (RuntimeException failed) {
            supervisor.close();
            throw failed;
        }
    }

    private static EngineOptions engineOptions(Path folder, Path library, long memoryBytesMax) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return EngineOptions.in(folder, library, memoryBytesMax);
        } catch (IOException failed) {
            throw new FaultException(
                    Fault.operator(
                            "data_folder",
                            "The data folder " + folder + " cannot be used: " + failed,
                            "Look at the disk and the folder's permissions."),
                    failed);
        }
    }

    /// The store for numbers.
    public EngineMetricStore metrics() {
        return stores.metrics();
    }

    /// The store for log lines.
    public LogStore logs() {
        return stores.logs();
    }

    /// The store for spans.
    public TraceStore traces() {
        return stores.traces();
    }

    /// How the stores are.
    public StoreStatus status() {
        return stores.status();
    }

    /// How the engine is.
    public EngineStatus engineStatus() {
        return supervisor.status();
    }

    /// Waits until the engine answers. Throws `engine_not_ready` after `patience`.
    public void awaitReady(Duration patience) {
        supervisor.awaitReady(patience);
    }

    /// Closes the stores, then ends the engine.
    @Override
    public void close() {
        try (supervisor) {
            stores.close();
        }
    }
}
