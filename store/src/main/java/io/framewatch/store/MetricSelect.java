package io.framewatch.store;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way out for numbers. Every select names its tenant and sees no other. Thread safe.
public interface MetricSelect {

    /// The samples in `range`, both ends included, of every series that all `matchers` accept,
    /// stale markers included, each series in time order without duplicate timestamps; series
    /// without a sample in the range are left out. Series are sorted by labels.
    ///
    /// Throws `FaultException` with code `query_limit` beyond the limits.
    List<SeriesSamples> select(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits);

    /// Hands what [#select] would return to `sink`, one series after the other, in no particular
    /// order, so that not all samples need be in memory at once. The arrays belong to `sink` only
    /// until it returns.
    default void scan(
            Tenant tenant,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits,
            Consumer<SeriesSamples> sink) {
        select(tenant, matchers, range, limits).forEach(sink);
    }

    /// As [#scan] of the range of `windows`, by several threads where the store has any to spare:
    /// `sinks` is asked by the caller's thread, once for each thread, and each sink is called by
    /// one thread at a time. Samples between the windows may be left out, and series with no
    /// others. Returns when all have ended.
    default void scanShared(
            Tenant tenant,
            List<Matcher> matchers,
            TimeWindows windows,
            SelectLimits limits,
            Supplier<? extends Consumer<SeriesSamples>> sinks) {
        scan(tenant, matchers, windows.range(), limits, sinks.get());
    }

    /// From when on this store has every sample of a tenant in memory, Unix milliseconds. Reads
    /// that begin before are answered by an engine, which may be asked with [#grid].
    default long inMemoryFromMs(Tenant tenant) {
        return Long.MIN_VALUE;
    }

    /// `query` over the series that all `matchers` accept, computed where the samples lie, whatever
    /// is in memory too; null if this store has no engine that computes. Everything appended so far
    /// is seen.
    ///
    /// Throws `FaultException` with code `query_limit` beyond the limits.
    default @Nullable GridAnswer grid(
            Tenant tenant, List<Matcher> matchers, GridQuery query, SelectLimits limits) {
        return null;
    }

    /// The labels of every series that all `matchers` accept and that has a sample in `range`, or
    /// near it: a store may answer by whole blocks of time, at most a day wider on each side.
    /// Sorted.
    List<Labels> series(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits);

    /// The label names of those series, sorted by code point.
    default List<String> labelNames(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        Set<String> names = new TreeSet<>(Labels::compareCodePoints);
        for (Labels labels : series(tenant, matchers, range, limits)) {
            labels.forEach((name, _) -> names.add(name));
        }
        return List.copyOf(names);
    }

    /// The values of label `name` among those series, sorted by code point.
    default List<String> labelValues(
            Tenant tenant,
            String name,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits) {
        Set<String> values = new TreeSet<>(Labels::compareCodePoints);
        for (Labels labels : series(tenant, matchers, range, limits)) {
            if (labels.has(name)) {
                values.add(labels.get(name));
            }
        }
        return List.copyOf(values);
    }

    /// Hands every label pair of the series of [#series] in `range` to `sink`, in no particular
    /// order, each once with how many of these series have it, and returns how many series there
    /// are. However many there are, no list of them is made where they are in memory.
    default int pairs(Tenant tenant, TimeRange range, PairSink sink) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        SelectLimits all = new SelectLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
        List<Labels> series = series(tenant, List.of(), range, all);
        for (Labels labels : series) {
            labels.forEach((name, value) ->
                    counts.computeIfAbsent(name, _ -> new HashMap<>())
                            .merge(value, 1, Integer::sum));
        }
        counts.forEach(
                (name, values) -> values.forEach((value, count) -> sink.pair(name, value, count)));
        return series.size();
    }

    /// Counts the series in memory that have a sample in `range` and none in `before`: hands each
    /// metric name with how many of them have it to `sink`, as [#pairs] does, a name of none as the
    /// empty text, and returns how many series have a sample in `before`.
    default int newSeries(Tenant tenant, TimeRange range, TimeRange before, PairSink sink) {
        SelectLimits all = new SelectLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
        Set<Labels> known = new HashSet<>(series(tenant, List.of(), before, all));
        Map<String, Integer> counts = new HashMap<>();
        for (Labels labels : series(tenant, List.of(), range, all)) {
            if (!known.contains(labels)) {
                counts.merge(labels.metricName(), 1, Integer::sum);
            }
        }
        counts.forEach((metric, count) -> sink.pair(Labels.NAME, metric, count));
        return known.size();
    }

    /// The labels of every series in memory that all `matchers` accept and that has a sample in
    /// `range`, in no particular order: what [#series] would say of them, without sorting.
    default List<Labels> seriesInMemory(Tenant tenant, List<Matcher> matchers, TimeRange range) {
        return series(tenant, matchers, range, new SelectLimits(Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    /// Exemplars in `range` of the series that all `matchers` accept, by series, in time order.
    Map<Series, List<Exemplar>> exemplars(Tenant tenant, List<Matcher> matchers, TimeRange range);

    /// What is known about metric families, by family name.
    Map<String, MetricMetadata> metadata(Tenant tenant);

    /// Series that had a sample lately; what "lately" means is the store's affair.
    int activeSeries(Tenant tenant);

    /// Metrics of a tenant that have as many active series as one metric may have, with how often a
    /// further series was refused.
    default Map<String, Long> cappedMetrics(Tenant tenant) {
        return Map.of();
    }

    /// Tenants that have data.
    Set<Tenant> tenants();
}
