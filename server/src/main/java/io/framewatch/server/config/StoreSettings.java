package io.framewatch.server.config;

import java.nio.file.Path;

/// Where data is kept.
///
/// @param folder data folder; made when missing
/// @param retentionMs samples older than this are let go, milliseconds
/// @param seriesPerTenantMax most active series of one tenant
public record StoreSettings(Path folder, long retentionMs, int seriesPerTenantMax) {

    /// Six hours in memory beside the working folder's `.framewatch`.
    public static final StoreSettings DEFAULT =
            new StoreSettings(Path.of(".framewatch"), 6 * 3_600_000L, 1_000_000);
}
