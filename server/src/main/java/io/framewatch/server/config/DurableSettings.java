package io.framewatch.server.config;

import io.framewatch.store.embedded.DiskLimits;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.store.metrics.EngineStoreOptions;
import org.jspecify.annotations.Nullable;

/// How a durable store is limited.
///
/// @param walBytesMax the write-ahead log on the disk, bytes; beyond it senders are told to come
///   back later
/// @param flushIntervalMs how often the log is moved into the engine, milliseconds
/// @param hotBytesMax memory of the hot window, bytes; when it is spent the window gets shorter
/// @param hotAgeMs greatest age of a sample in the hot window, milliseconds
/// @param warmUpMs how much of the past is read back into the hot window after a start,
///   milliseconds
/// @param hotDays days until data moves to the cold volume; 0 never moves it
/// @param days days until data is deleted; 0 keeps it for ever
/// @param diskBytesMax data on the disk, bytes; beyond it the oldest days are deleted; 0 for no
///   limit
/// @param diskFreeBytesMin free space to leave on the disk, bytes; the oldest days go for it
/// @param clickHouse a ClickHouse server to use instead of the embedded engine, or null
public record DurableSettings(
        long walBytesMax,
        long flushIntervalMs,
        long hotBytesMax,
        long hotAgeMs,
        long warmUpMs,
        int hotDays,
        int days,
        long diskBytesMax,
        long diskFreeBytesMin,
        @Nullable ClickHouseSettings clickHouse) {

    /// The store's own defaults.
    public static final DurableSettings DEFAULT =
            new DurableSettings(
                    EngineStoreOptions.DEFAULT.wal().totalBytesMax(),
                    EngineStoreOptions.DEFAULT.flush().interval().toMillis(),
                    HotLimits.DEFAULT.bytesMax(),
                    HotLimits.DEFAULT.ageMax().toMillis(),
                    EngineStoreOptions.DEFAULT.warmUp().toMillis(),
                    EngineStoreOptions.DEFAULT.retention().hotDays(),
                    EngineStoreOptions.DEFAULT.retention().days(),
                    DiskLimits.DEFAULT.bytesMax(),
                    DiskLimits.DEFAULT.freeBytesMin(),
                    null);

    /// The same on a ClickHouse server.
    DurableSettings on(ClickHouseSettings server) {
        return new DurableSettings(
                walBytesMax,
                flushIntervalMs,
                hotBytesMax,
                hotAgeMs,
                warmUpMs,
                hotDays,
                days,
                diskBytesMax,
                diskFreeBytesMin,
                server);
    }
}
