package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/// How many series there are and what multiplies them, over the last hour.
///
/// @param series series in all
/// @param fromMs start of the hour, Unix milliseconds
/// @param toMs its end
/// @param metrics series by metric name
/// @param labels distinct values by label name
/// @param bytes characters of distinct values by label name
/// @param pairs distinct `name=value`
/// @param largest series by `name=value`, of the largest of these
record Cardinality(
        int series,
        long fromMs,
        long toMs,
        Map<String, Long> metrics,
        Map<String, Long> labels,
        Map<String, Long> bytes,
        long pairs,
        Map<String, Long> largest) {

    private static final long HOUR_MS = 3_600_000;

    /// @param limit how many of the largest pairs are told
    static Cardinality of(MetricSelect select, Tenant tenant, long nowMs, int limit) {
        TimeRange hour = lastHour(select, tenant, nowMs);
        Map<String, Long> metrics = new HashMap<>();
        Map<String, Long> labels = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        PriorityQueue<Pair> largest = new PriorityQueue<>(Pair.SMALLEST_FIRST);
        long[] pairs = {0};
        int series =
                select.pairs(
                        tenant,
                        hour,
                        (name, value, count) -> {
                            pairs[0]++;
                            labels.merge(name, 1L, Long::sum);
                            bytes.merge(name, (long) value.length(), Long::sum);
                            if (name.equals(Labels.NAME)) {
                                metrics.put(value, (long) count);
                            }
                            keep(largest, new Pair(name, value, count), limit);
                        });
        Map<String, Long> top = new HashMap<>();
        largest.forEach(pair -> top.put(pair.name + "=" + pair.value, (long) pair.count));
        return new Cardinality(
                series, hour.fromMs(), hour.toMs(), metrics, labels, bytes, pairs[0], top);
    }

    private static void keep(PriorityQueue<Pair> largest, Pair pair, int limit) {
        if (largest.size() < limit) {
            largest.add(pair);
        } else if (Pair.SMALLEST_FIRST.compare(pair, largest.element()) > 0) {
            largest.remove();
            largest.add(pair);
        }
    }

    private record Pair(String name, String value, int count) {

        static final Comparator<Pair> SMALLEST_FIRST =
                Comparator.comparingInt(Pair::count)
                        .thenComparing(Comparator.comparing(Pair::name).reversed())
                        .thenComparing(Comparator.comparing(Pair::value).reversed());
    }

    /// The last hour, as far as it is in memory: an engine would answer by whole days.
    static TimeRange lastHour(MetricSelect select, Tenant tenant, long nowMs) {
        long fromMs = Math.max(nowMs - HOUR_MS, select.inMemoryFromMs(tenant));
        return new TimeRange(Math.min(fromMs, nowMs), nowMs);
    }

    /// The largest entries of a count, largest first.
    static void top(JsonOut out, Map<String, Long> counts, int limit) {
        Largest.of(counts, limit).write(out);
    }
}
