package io.framewatch.store.hot;

/// Limits of the hot window.
///
/// @param seriesPerTenantMax active series of one tenant; a further one is refused with
///   `series_limit`
/// @param bytesMax what the window may take in memory; when it is spent, `hotStart` moves on
public record HotLimits(int seriesPerTenantMax, long bytesMax) {

    /// A million series a tenant, 256 MiB in all.
    public static final HotLimits DEFAULT = new HotLimits(1_000_000, 256L << 20);
}
