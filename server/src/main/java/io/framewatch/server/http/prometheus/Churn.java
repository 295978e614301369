package io.framewatch.server.http.prometheus;

import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;

/// Series that are new: with a sample in the last hour and none in the hour before it. Told of what
/// is in memory only: an engine knows by days when a series had samples.
///
/// @param series how many
/// @param before how many series the hour before had; 0 when there is nothing to compare with
/// @param metrics new series by metric name
record Churn(long series, int before, Largest metrics) {

    private static final long HOUR_MS = 3_600_000;

    /// @param limit how many metrics are told
    static Churn of(MetricSelect select, Tenant tenant, long nowMs, int limit) {
        long lastMs = nowMs - HOUR_MS;
        long fromMs = Math.max(lastMs - HOUR_MS, select.inMemoryFromMs(tenant));
        Largest metrics = new Largest(limit);
        if (fromMs >= lastMs) {
            return new Churn(0, 0, metrics);
        }
        long[] series = {0};
        int before =
                select.newSeries(
                        tenant,
                        new TimeRange(lastMs, nowMs),
                        new TimeRange(fromMs, lastMs - 1),
                        (_, metric, count) -> {
                            series[0] += count;
                            metrics.add(metric, count);
                        });
        return new Churn(series[0], before, metrics);
    }

    void write(JsonOut out) {
        out.raw("{\"series\":").number(series);
        out.raw(",\"seriesBefore\":").number(before).raw(",\"metrics\":");
        metrics.write(out);
        out.raw('}');
    }
}
