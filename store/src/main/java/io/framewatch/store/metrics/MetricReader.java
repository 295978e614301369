package io.framewatch.store.metrics;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.ExemplarTable;
import io.framewatch.store.clickhouse.HistogramTable;
import io.framewatch.store.clickhouse.Reading;
import io.framewatch.store.clickhouse.SampleTable;
import io.framewatch.store.clickhouse.SeriesSelection;
import io.framewatch.store.clickhouse.SeriesTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Reads numbers from the engine, wholly. Thread safe.
final class MetricReader {

    private static final long EXEMPLARS_MAX = 10_000;

    private final ClickHouse clickHouse;

    MetricReader(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    List<SeriesSamples> select(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return told(() -> {
            Found found = find(tenant, matchers, range, limits);
            Map<Long, SampleColumns> columns = new HashMap<>();
            if (found.labels.isEmpty()) {
                return List.of();
            }
            long[] read = {0};
            SampleTable.read(
                    clickHouse,
                    found.selection,
                    range,
                    limits.samplesMax(),
                    (id, timestampMs, value) -> {
                        columns.computeIfAbsent(id, _ -> new SampleColumns())
                                .add(timestampMs, value);
                        read[0]++;
                    });
            limits.checkSamples(read[0]);
            Map<Long, HistogramColumns> histograms = new HashMap<>();
            HistogramTable.read(
                    clickHouse,
                    found.selection,
                    range,
                    limits.samplesMax(),
                    (id, timestampMs, histogram) ->
                            histograms
                                    .computeIfAbsent(id, _ -> new HistogramColumns())
                                    .add(timestampMs, histogram));
            return merged(found.labels, columns, histograms, limits);
        });
    }

    private record Found(Map<Long, Labels> labels, SeriesSelection selection) {}

    private Found find(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        Map<Long, Labels> labels =
                SeriesTable.find(clickHouse, tenant, matchers, range, limits.seriesMax());
        limits.checkSeries(labels.size());
        long[] ids = labels.keySet().stream().mapToLong(Long::longValue).toArray();
        return new Found(labels, new SeriesSelection(tenant, matchers, range, ids));
    }

    private static List<SeriesSamples> merged(
            Map<Long, Labels> labels,
            Map<Long, SampleColumns> samples,
            Map<Long, HistogramColumns> histograms,
            SelectLimits limits) {
        List<SeriesSamples> all = new ArrayList<>();
        long read = 0;
        for (Map.Entry<Long, Labels> series : labels.entrySet()) {
            SampleColumns columns = samples.get(series.getKey());
            HistogramColumns own = histograms.get(series.getKey());
            if (columns == null && own == null) {
                continue;
            }
            SampleColumns floats = columns == null ? new SampleColumns() : columns;
            SeriesSamples one =
                    own == null
                            ? floats.samples(series.getValue())
                            : own.merge(series.getValue(), floats);
            all.add(one);
            read += one.size();
            limits.checkSamples(read);
        }
        all.sort(Comparator.comparing(SeriesSamples::labels));
        return all;
    }

    List<Labels> series(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return told(() ->
                find(tenant, matchers, range, limits).labels.values().stream().sorted().toList());
    }

    Map<Series, List<Exemplar>> exemplars(Tenant tenant, List<Matcher> matchers, TimeRange range) {
        return told(() -> {
            Found found = find(tenant, matchers, range, SelectLimits.DEFAULT);
            if (found.labels.isEmpty()) {
                return Map.of();
            }
            Map<Long, List<Exemplar>> read =
                    ExemplarTable.read(clickHouse, found.selection, range, EXEMPLARS_MAX);
            Map<Series, List<Exemplar>> all = new LinkedHashMap<>();
            found.labels.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .filter(series -> read.containsKey(series.getKey()))
                    .forEach(series ->
                            all.put(
                                    new Series(tenant, series.getKey(), series.getValue()),
                                    List.copyOf(read.getOrDefault(series.getKey(), List.of()))));
            return all;
        });
    }

    /// Runs a read and tells what the engine refuses as a fault.
    static <R> R told(Supplier<R> read) {
        return Reading.told(read);
    }

    /// Histograms of one series in time order.
    private static final class HistogramColumns {
        private final List<Long> timestampsMs = new ArrayList<>();
        private final List<NativeHistogram> values = new ArrayList<>();

        void add(long timestampMs, NativeHistogram histogram) {
            if (timestampsMs.isEmpty() || timestampsMs.getLast() != timestampMs) {
                timestampsMs.add(timestampMs);
                values.add(histogram);
            }
        }

        /// Both kinds in time order; at equal times the float wins.
        SeriesSamples merge(Labels labels, SampleColumns floats) {
            return floats.merge(labels, timestampsMs, values);
        }
    }
}
