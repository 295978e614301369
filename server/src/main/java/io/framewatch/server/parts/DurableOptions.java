package io.framewatch.server.parts;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.DurableSettings;
import io.framewatch.server.config.StoreSettings;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.embedded.DiskLimits;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings say, as the store takes it.
final class DurableOptions {

    private DurableOptions() {}

    static EngineStoreOptions of(StoreSettings settings) {
        DurableSettings limits = settings.limits();
        EngineStoreOptions defaults = EngineStoreOptions.DEFAULT;
        Duration interval = Duration.ofMillis(limits.flushIntervalMs());
        return new EngineStoreOptions(
                defaults.wal().withTotalBytesMax(limits.walBytesMax()),
                new HotLimits(
                        settings.seriesPerTenantMax(),
                        limits.hotBytesMax(),
                        Duration.ofMillis(limits.hotAgeMs()),
                        settings.series()),
                new FlushOptions(
                        interval,
                        shorter(interval, defaults.flush().gapMin()),
                        defaults.flush().retryMax()),
                new Retention(limits.hotDays(), limits.days()),
                Duration.ofMillis(limits.warmUpMs()),
                defaults.futureMax(),
                defaults.patience());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    static DiskLimits disk(StoreSettings settings) {
        DurableSettings limits = settings.limits();
        return new DiskLimits(limits.diskBytesMax(), limits.diskFreeBytesMin());
    }

    /// The first line of a password file, empty if there is no file. Throws `clickhouse_password`.
    static String password(@Nullable Path file) {
        if (file == null) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.getFirst().strip();
        } catch (IOException unreadable) {
            throw new FaultException(
                    Fault.operator(
                            "clickhouse_password",
                            "The password file " + file + " cannot be read.",
                            "Check the path in store.clickhouse.passwordFile and its rights."),
                    unreadable);
        }
    }
}
