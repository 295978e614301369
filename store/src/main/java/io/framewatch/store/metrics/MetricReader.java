package io.framewatch.store.metrics;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.GridAnswer;
import io.framewatch.store.GridQuery;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.ExemplarTable;
import io.framewatch.store.clickhouse.FoundSeries;
import io.framewatch.store.clickhouse.Reading;
import io.framewatch.store.clickhouse.SampleTable;
import io.framewatch.store.clickhouse.SeriesFilter;
import io.framewatch.store.clickhouse.SeriesSelection;
import io.framewatch.store.clickhouse.SeriesTable;
import io.framewatch.store.index.SeriesIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Reads numbers from the engine, wholly. Thread safe.
final class MetricReader {

    private static final long EXEMPLARS_MAX = 10_000;

    private final ClickHouse clickHouse;
    private final byte[] key;
    private final FoundSelections selections = new FoundSelections();

    /// `key` is that of the series ids.
    MetricReader(ClickHouse clickHouse, byte[] key) {
        this.clickHouse = clickHouse;
        this.key = key.clone();
    }

    /// What is known about selectors; told of every record.
    FoundSelections selections() {
        return selections;
    }

    private SeriesFilter filter(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return SeriesFilter.of(
                new SeriesIds(key),
                tenant,
                matchers,
                range,
                Duration.ofMillis(Math.max(1, limits.timeoutMs())));
    }

    /// @param changes as [FoundSelections#changes] told before everything appended was flushed
    List<SeriesSamples> select(
            Tenant tenant,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits,
            long changes) {
        List<SeriesSamples> all = new ArrayList<>();
        TimeWindows whole = TimeWindows.whole(range);
        scan(tenant, matchers, whole, limits, changes, samples -> all.add(copy(samples)));
        all.sort(Comparator.comparing(SeriesSamples::labels));
        return all;
    }

    static SeriesSamples copy(SeriesSamples shared) {
        if (shared.histograms() != null) {
            return shared; // merged into arrays of its own
        }
        long[] starts = shared.startTimestampsMs();
        return new SeriesSamples(
                shared.labels(),
                shared.size(),
                Arrays.copyOf(shared.timestampsMs(), shared.size()),
                Arrays.copyOf(shared.values(), shared.size()),
                null,
                starts == null ? null : Arrays.copyOf(starts, shared.size()));
    }

    /// Series by series, samples between the windows left out; the arrays are used again for the
    /// next.
    void scan(
            Tenant tenant,
            List<Matcher> matchers,
            TimeWindows windows,
            SelectLimits limits,
            long changes,
            Consumer<SeriesSamples> sink) {
        told(() -> {
            SeriesFilter filter = filter(tenant, matchers, windows.range(), limits);
            FoundSeries found = findToRead(filter, limits, changes);
            SeriesScan scan = new SeriesScan(clickHouse, filter, found, limits);
            scan.runAll(windows, sink);
            return found;
        });
    }

    /// Whether any sample of a tenant in `range` may have a start.
    boolean hasStarts(Tenant tenant, TimeRange range) {
        return told(() -> SampleTable.hasStarts(clickHouse, tenant, range));
    }

    /// The grid of every series, those with histograms or odd values as samples.
    GridAnswer grid(
            Tenant tenant,
            List<Matcher> matchers,
            GridQuery query,
            SelectLimits limits,
            long changes) {
        return told(() -> {
            SeriesFilter filter = filter(tenant, matchers, query.range(), limits);
            FoundSeries found = findToRead(filter, limits, changes);
            limits.checkSamples((long) found.size() * query.steps());
            return new GridScan(clickHouse, filter, found, limits).run(query);
        });
    }

    private FoundSeries findToRead(SeriesFilter filter, SelectLimits limits, long changes) {
        FoundSeries found =
                selections.find(
                        filter.tenant(),
                        filter.matchers(),
                        filter.range(),
                        changes,
                        days -> search(filter.over(days), limits));
        limits.checkSeries(found.size());
        return found;
    }

    /// Refuses too many, so that a cut list is never kept.
    private FoundSeries search(SeriesFilter filter, SelectLimits limits) {
        FoundSeries found = SeriesTable.findToRead(clickHouse, filter, limits.seriesMax());
        limits.checkSeries(found.size());
        return found;
    }

    List<Labels> series(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return told(() -> {
            FoundSeries found = find(tenant, matchers, range, limits);
            return IntStream.range(0, found.size()).mapToObj(found::labels).sorted().toList();
        });
    }

    List<String> labelValues(
            Tenant tenant,
            String name,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits) {
        return told(() -> {
            SeriesFilter filter = filter(tenant, matchers, range, limits);
            return sorted(
                    SeriesTable.labelValues(clickHouse, filter, name, limits.seriesMax()), limits);
        });
    }

    List<String> labelNames(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return told(() -> {
            SeriesFilter filter = filter(tenant, matchers, range, limits);
            return sorted(SeriesTable.labelNames(clickHouse, filter, limits.seriesMax()), limits);
        });
    }

    private static List<String> sorted(List<String> texts, SelectLimits limits) {
        limits.checkSeries(texts.size());
        return texts.stream().sorted(Labels::compareCodePoints).toList();
    }

    private FoundSeries find(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        SeriesFilter filter = filter(tenant, matchers, range, limits);
        FoundSeries found = SeriesTable.find(clickHouse, filter, limits.seriesMax());
        limits.checkSeries(found.size());
        return found;
    }

    Map<Series, List<Exemplar>> exemplars(Tenant tenant, List<Matcher> matchers, TimeRange range) {
        return told(() -> {
            SeriesFilter filter = filter(tenant, matchers, range, SelectLimits.DEFAULT);
            FoundSeries found = find(tenant, matchers, range, SelectLimits.DEFAULT);
            if (found.size() == 0) {
                return Map.of();
            }
            Map<Long, List<Exemplar>> read =
                    ExemplarTable.read(
                            clickHouse,
                            new SeriesSelection(filter, found.ids()),
                            range,
                            EXEMPLARS_MAX);
            Map<Series, List<Exemplar>> all = new LinkedHashMap<>();
            IntStream.range(0, found.size())
                    .mapToObj(row -> new Series(tenant, found.id(row), found.labels(row)))
                    .sorted(Comparator.comparing(Series::labels))
                    .filter(series -> read.containsKey(series.id()))
                    .forEach(series ->
                            all.put(
                                    series,
                                    List.copyOf(read.getOrDefault(series.id(), List.of()))));
            return all;
        });
    }

    /// Runs a read and tells what the engine refuses as a fault.
    static <R> R told(Supplier<R> read) {
        return Reading.told(read);
    }
}
