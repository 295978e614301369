package io.framewatch.store.hot;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.framewatch.store.SeriesLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Limits of the hot window.
///
/// @param seriesPerTenantMax active series of one tenant; a further one is refused with
///   `series_limit`
/// @param bytesMax what samples, series and index may take in memory; when it is spent, `hotStart`
///   moves on
/// @param ageMax samples older than this leave the window, and series without a newer one with them
/// @param series what a series may be like, and how many of one metric there may be
public record HotLimits(
        int seriesPerTenantMax, long bytesMax, Duration ageMax, SeriesLimits series) {

    private static final long BYTES_MIN = 64L << 20;

    private static final HotSpotDiagnosticMXBean VM =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    /// A million series a tenant, twelve hours, and half as much memory as the heap may take.
    public static final HotLimits DEFAULT =
            new HotLimits(
                    1_000_000,
                    Math.max(BYTES_MIN, Runtime.getRuntime().maxMemory() / 2),
                    Duration.ofHours(12));

    /// The same with a budget that fits into what Java may take outside the heap, with a tenth to
    /// spare: there an allocation that fails would refuse data, where a budget only shortens the
    /// window.
    HotLimits thatFit() {
        long direct = Long.parseLong(VM.getVMOption("MaxDirectMemorySize").getValue());
        long outside = direct == 0 ? Runtime.getRuntime().maxMemory() : direct;
        return withBytesMax(Math.min(bytesMax, outside - outside / 10));
    }

    /// Limits with the usual ones for series.
    public HotLimits(int seriesPerTenantMax, long bytesMax, Duration ageMax) {
        this(seriesPerTenantMax, bytesMax, ageMax, SeriesLimits.DEFAULT);
    }

    /// The same with another budget of memory.
    public HotLimits withBytesMax(long bytes) {
        return new HotLimits(seriesPerTenantMax, bytes, ageMax, series);
    }
}
