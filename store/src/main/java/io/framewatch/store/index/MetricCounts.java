package io.framewatch.store.index;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// How many active series each metric of a tenant has, and which have been capped. Guarded by the
/// registry's lock, alone to change.
final class MetricCounts {

    private final Tenant tenant;
    private final int perMetricMax;
    private final Consumer<String> log;
    private final Map<String, Integer> series = new HashMap<>();
    private final Map<String, Long> refused = new TreeMap<>();

    MetricCounts(Tenant tenant, int perMetricMax, Consumer<String> log) {
        this.tenant = tenant;
        this.perMetricMax = perMetricMax;
        this.log = log;
    }

    /// Throws `series_limit` if a metric may have no more series; the first time, it is logged.
    void check(String metric) {
        if (series.getOrDefault(metric, 0) < perMetricMax) {
            return;
        }
        String what =
                "Metric "
                        + metric
                        + " of tenant "
                        + tenant
                        + " has "
                        + perMetricMax
                        + " active series and may have no more.";
        if (refused.merge(metric, 1L, Long::sum) == 1) {
            log.accept(what + " Further series are left out; everything else goes on.");
        }
        throw new FaultException(
                Fault.operator(
                        "series_limit",
                        what,
                        "Drop the label that grows, or raise store.seriesPerMetricMax."));
    }

    void add(String metric) {
        series.merge(metric, 1, Integer::sum);
    }

    /// Forgets the counts of series; they are to be added again. What has room again is not capped
    /// any more.
    void recount(Iterable<String> metrics) {
        series.clear();
        metrics.forEach(this::add);
        refused.keySet().removeIf(metric -> series.getOrDefault(metric, 0) < perMetricMax);
    }

    /// How often a series was refused, by capped metric.
    Map<String, Long> refused() {
        return Map.copyOf(refused);
    }
}
