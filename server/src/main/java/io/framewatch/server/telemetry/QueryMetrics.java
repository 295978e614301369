package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.store.MetricSelect;

/// How queries fare, and which metrics have as many series as they may have.
public final class QueryMetrics {

    private static final String REFUSED = "framewatch_store_series_refused";

    private QueryMetrics() {}

    /// Adds them to `meters`.
    public static void addTo(Meters meters, QueryGuard guard, MetricSelect store) {
        meters.gauge("framewatch_queries_running", "Queries that run.", guard::running);
        meters.gauge("framewatch_queries_waiting", "Queries that wait for a turn.", guard::waiting);
        meters.gauge(
                "framewatch_query_samples",
                "Samples that queries under way have reserved in memory.",
                guard::samples);
        meters.counted(
                "framewatch_queries_refused_total",
                "Queries refused because others left no room.",
                guard::refused);
        meters.gauge(
                "framewatch_store_active_series",
                "Series that had a sample lately, tenant default.",
                () -> store.activeSeries(Tenant.DEFAULT));
        meters.read(
                REFUSED,
                MetricMetadata.Type.GAUGE,
                "Series refused since a metric has as many as it may have, tenant default.",
                sink ->
                        store.cappedMetrics(Tenant.DEFAULT)
                                .forEach((metric, refused) ->
                                        sink.sample(
                                                REFUSED, Labels.of("metric", metric), refused)));
    }
}
