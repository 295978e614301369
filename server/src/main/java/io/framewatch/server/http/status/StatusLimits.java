package io.framewatch.server.http.status;

import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import io.framewatch.server.http.status.StatusEndpoint.Limit;
import java.util.ArrayList;
import java.util.List;

/// The limits of the configuration, each with the own metric that says how much of it is used.
public final class StatusLimits {

    private static final String BYTES = "bytes";
    private static final String COUNT = "count";
    private static final String MS = "ms";

    private StatusLimits() {}

    /// Those that count with these settings, the ones that fill up first.
    public static List<Limit> of(Settings settings) {
        List<Limit> all = new ArrayList<>();
        StoreSettings store = settings.store();
        all.add(
                new Limit(
                        "store.seriesPerTenantMax",
                        store.seriesPerTenantMax(),
                        COUNT,
                        "framewatch_store_active_series"));
        all.add(new Limit("store.seriesPerMetricMax", store.series().perMetricMax(), COUNT, ""));
        if (store.durable()) {
            durable(all, store);
        } else {
            all.add(new Limit("store.retention", store.retentionMs(), MS, ""));
        }
        LimitSettings limits = settings.limits();
        all.add(
                new Limit(
                        "limits.requestsMax",
                        limits.requestsMax(),
                        COUNT,
                        "framewatch_http_requests_in_flight"));
        all.add(new Limit("limits.connectionsMax", limits.connectionsMax(), COUNT, ""));
        all.add(new Limit("limits.requestBytesMax", limits.requestBytesMax(), BYTES, ""));
        all.add(new Limit("limits.queryTimeout", limits.queryTimeoutMs(), MS, ""));
        all.add(new Limit("limits.querySeriesMax", limits.querySeriesMax(), COUNT, ""));
        all.add(new Limit("limits.querySamplesMax", limits.querySamplesMax(), COUNT, ""));
        all.add(new Limit("limits.viewersMax", limits.viewersMax(), COUNT, ""));
        all.add(
                new Limit(
                        "sharing.bytesMax",
                        settings.sharing().bytesMax(),
                        BYTES,
                        "framewatch_query_kept_bytes"));
        return List.copyOf(all);
    }

    private static void durable(List<Limit> all, StoreSettings store) {
        all.add(
                new Limit(
                        "store.walMax",
                        store.limits().walBytesMax(),
                        BYTES,
                        "framewatch_wal_bytes"));
        all.add(
                new Limit(
                        "store.hotMemory",
                        store.limits().hotBytesMax(),
                        BYTES,
                        "framewatch_hot_bytes"));
        if (store.limits().diskBytesMax() > 0) {
            all.add(
                    new Limit(
                            "store.diskMax",
                            store.limits().diskBytesMax(),
                            BYTES,
                            "framewatch_store_disk_bytes"));
        }
        if (store.limits().clickHouse() == null) {
            all.add(
                    new Limit(
                            "store.engineMemory",
                            store.engineMemoryBytes(),
                            BYTES,
                            "framewatch_engine_resident_memory_bytes"));
        }
    }
}
