package io.framewatch.server.config;

import io.framewatch.store.SeriesLimits;
import java.nio.file.Path;

/// Where data is kept.
///
/// @param folder data folder; made when missing
/// @param retentionMs samples older than this are let go, milliseconds
/// @param seriesPerTenantMax most active series of one tenant
/// @param durable whether data goes through a write-ahead log into the embedded engine and outlives
///   the process
/// @param engineMemoryBytes memory the embedded engine may use
/// @param limits how a durable store is limited
/// @param series what a series may be like, and how many of one metric there may be
public record StoreSettings(
        Path folder,
        long retentionMs,
        int seriesPerTenantMax,
        boolean durable,
        long engineMemoryBytes,
        DurableSettings limits,
        SeriesLimits series) {

    /// Durable, in the working folder's `.framewatch`; six hours if it is to be in memory.
    public static final StoreSettings DEFAULT =
            new StoreSettings(
                    Path.of(".framewatch"),
                    6 * 3_600_000L,
                    1_000_000,
                    true,
                    1L << 30,
                    DurableSettings.DEFAULT,
                    SeriesLimits.DEFAULT);

    /// In memory, with the usual limits of series: gone with the process.
    public static StoreSettings inMemory(Path folder, long retentionMs, int seriesPerTenantMax) {
        return new StoreSettings(
                folder,
                retentionMs,
                seriesPerTenantMax,
                false,
                DEFAULT.engineMemoryBytes,
                DurableSettings.DEFAULT,
                SeriesLimits.DEFAULT);
    }

    /// The same, somewhere else.
    public StoreSettings in(Path other) {
        return new StoreSettings(
                other, retentionMs, seriesPerTenantMax, durable, engineMemoryBytes, limits, series);
    }

    /// The same with a ClickHouse server instead of the embedded engine.
    public StoreSettings on(ClickHouseSettings server) {
        return new StoreSettings(
                folder,
                retentionMs,
                seriesPerTenantMax,
                durable,
                engineMemoryBytes,
                limits.on(server),
                series);
    }

    /// The same in memory: gone with the process.
    public StoreSettings inMemory() {
        return new StoreSettings(
                folder, retentionMs, seriesPerTenantMax, false, engineMemoryBytes, limits, series);
    }
}
