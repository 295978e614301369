package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many series there are and what multiplies them, over the last hour.
///
/// @param series series in all
/// @param fromMs start of the hour, Unix milliseconds
/// @param toMs its end
/// @param metrics series by metric name
/// @param labels distinct values by label name
/// @param bytes characters of distinct values by label name
/// @param pairs series by `name=value`
record Cardinality(
        int series,
        long fromMs,
        long toMs,
        Map<String, Long> metrics,
        Map<String, Long> labels,
        Map<String, Long> bytes,
        Map<String, Long> pairs) {

    /// What is in memory is bounded by the store, `store.seriesPerTenantMax`: a page about too many
    /// series must show just these.
    static final SelectLimits IN_MEMORY = new SelectLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final long HOUR_MS = 3_600_000;

    static Cardinality of(MetricSelect select, Tenant tenant, long nowMs) {
        TimeRange hour = lastHour(select, tenant, nowMs);
        List<Labels> all = select.series(tenant, List.of(), hour, IN_MEMORY);
        Map<String, Long> metrics = new HashMap<>();
        Map<String, Long> pairs = new HashMap<>();
        Map<String, Set<String>> values = new HashMap<>();
        for (Labels labels : all) {
            metrics.merge(labels.metricName(), 1L, Long::sum);
            for (int i = 0; i < labels.size(); i++) {
                String name = labels.nameAt(i);
                String value = labels.valueAt(i);
                pairs.merge(name + "=" + value, 1L, Long::sum);
                values.computeIfAbsent(name, _ -> new HashSet<>()).add(value);
            }
        }
        Map<String, Long> distinct = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        values.forEach((name, set) -> distinct.put(name, (long) set.size()));
        values.forEach(
                (name, set) -> bytes.put(name, set.stream().mapToLong(String::length).sum()));
        return new Cardinality(
                all.size(), hour.fromMs(), hour.toMs(), metrics, distinct, bytes, pairs);
    }

    /// The last hour, as far as it is in memory: an engine would answer by whole days.
    static TimeRange lastHour(MetricSelect select, Tenant tenant, long nowMs) {
        long fromMs = Math.max(nowMs - HOUR_MS, select.inMemoryFromMs(tenant));
        return new TimeRange(Math.min(fromMs, nowMs), nowMs);
    }

    /// The largest entries of a count, largest first.
    static void top(JsonOut out, Map<String, Long> counts, int limit) {
        out.raw('[');
        String[] comma = {""};
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(entry -> {
                    out.raw(comma[0]).raw("{\"name\":").text(entry.getKey());
                    out.raw(",\"value\":").number(entry.getValue()).raw('}');
                    comma[0] = ",";
                });
        out.raw(']');
    }
}
