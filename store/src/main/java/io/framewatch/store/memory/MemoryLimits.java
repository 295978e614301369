package io.framewatch.store.memory;

import io.framewatch.store.SeriesLimits;
import java.time.Duration;

/// Limits of the in-memory store.
///
/// @param seriesPerTenantMax active series of one tenant; a further one is refused with
///   `series_limit`
/// @param retention how long samples are kept, counted back from the newest sample of the tenant
/// @param samplesMax samples of all tenants; beyond it the oldest tenth of the retention goes first
/// @param series what a series may be like, and how many of one metric there may be
public record MemoryLimits(
        int seriesPerTenantMax, Duration retention, long samplesMax, SeriesLimits series) {

    /// Limits with the usual ones for series.
    public MemoryLimits(int seriesPerTenantMax, Duration retention, long samplesMax) {
        this(seriesPerTenantMax, retention, samplesMax, SeriesLimits.DEFAULT);
    }

    /// For a process of its own: a million series, six hours, a hundred million samples.
    public static final MemoryLimits DEFAULT =
            new MemoryLimits(1_000_000, Duration.ofHours(6), 100_000_000);

    /// For test scripts that load whatever they like at time 0.
    public static final MemoryLimits UNLIMITED =
            new MemoryLimits(
                    Integer.MAX_VALUE, Duration.ofDays(365_000), Long.MAX_VALUE, SeriesLimits.NONE);
}
