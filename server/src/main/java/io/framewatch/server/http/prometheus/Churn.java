package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Series that are new: with a sample in the last hour and none in the hour before it. Told of what
/// is in memory only: an engine knows by days when a series had samples.
///
/// @param series how many
/// @param before how many series the hour before had; 0 when there is nothing to compare with
/// @param metrics new series by metric name
record Churn(long series, int before, Map<String, Long> metrics) {

    private static final long HOUR_MS = 3_600_000;

    static Churn of(MetricSelect select, Tenant tenant, long nowMs) {
        long lastMs = nowMs - HOUR_MS;
        long fromMs = Math.max(lastMs - HOUR_MS, select.inMemoryFromMs(tenant));
        if (fromMs >= lastMs) {
            return new Churn(0, 0, Map.of());
        }
        TimeRange last = new TimeRange(lastMs, nowMs);
        TimeRange earlier = new TimeRange(fromMs, lastMs - 1);
        Set<Labels> known =
                new HashSet<>(select.series(tenant, List.of(), earlier, Cardinality.IN_MEMORY));
        Map<String, Long> metrics = new HashMap<>();
        long series = 0;
        for (Labels labels : select.series(tenant, List.of(), last, Cardinality.IN_MEMORY)) {
            if (!known.contains(labels)) {
                series++;
                metrics.merge(labels.metricName(), 1L, Long::sum);
            }
        }
        return new Churn(series, known.size(), metrics);
    }

    void write(JsonOut out, int limit) {
        out.raw("{\"series\":").number(series);
        out.raw(",\"seriesBefore\":").number(before).raw(",\"metrics\":");
        Cardinality.top(out, metrics, limit);
        out.raw('}');
    }
}
