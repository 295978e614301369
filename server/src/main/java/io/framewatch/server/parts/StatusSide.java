package io.framewatch.server.parts;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.status.StatusEndpoint;
import io.framewatch.server.http.status.StatusLimits;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.store.MetricSelect;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What the page Status asks.
public final class StatusSide {

    private StatusSide() {}

    /// The HTTP path of the server's own state.
    public static Endpoints endpoint(
            Settings settings,
            String version,
            long startedAtMs,
            MetricSelect store,
            Meters meters,
            QueryWatch watch,
            Clock clock) {
        StatusEndpoint.Facts facts =
                new StatusEndpoint.Facts(
                        version,
                        settings.mode(),
                        startedAtMs,
                        settings.store().folder().toAbsolutePath().toString(),
                        kind(settings),
                        settings.store().limits().hotDays(),
                        settings.store().limits().days(),
                        StatusLimits.of(settings),
                        () -> series(store));
        return new StatusEndpoint(facts, meters, watch, clock);
    }

    private static String kind(Settings settings) {
        if (!settings.store().durable()) {
            return "memory";
        }
        return settings.store().limits().clickHouse() == null ? "embedded" : "clickhouse";
    }

    private static Map<Tenant, Integer> series(MetricSelect store) {
        Map<Tenant, Integer> all = new TreeMap<>(Comparator.comparing(Tenant::id));
        store.tenants().forEach(tenant -> all.put(tenant, store.activeSeries(tenant)));
        return all;
    }
}
