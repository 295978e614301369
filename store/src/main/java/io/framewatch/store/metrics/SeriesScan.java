package io.framewatch.store.metrics;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.FoundSeries;
import io.framewatch.store.clickhouse.HistogramTable;
import io.framewatch.store.clickhouse.SampleTable;
import io.framewatch.store.clickhouse.SeriesFilter;
import io.framewatch.store.clickhouse.SeriesSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Reads the samples of series that were found, and hands them on series by series. Used once, by
/// one thread.
final class SeriesScan {

    private final ClickHouse clickHouse;
    private final SeriesFilter filter;
    private final FoundSeries found;
    private final SelectLimits limits;
    private final Map<Long, Histograms> histograms = new HashMap<>();
    private final SampleColumns floats = new SampleColumns();
    private long current;
    private long read;

    SeriesScan(ClickHouse clickHouse, SeriesFilter filter, FoundSeries found, SelectLimits limits) {
        this.clickHouse = clickHouse;
        this.filter = filter;
        this.found = found;
        this.limits = limits;
    }

    /// Hands the samples of all series found to `sink`, whose arrays are used again for the next.
    void runAll(TimeWindows windows, Consumer<SeriesSamples> sink) {
        run(new SeriesSelection(filter, found.ids(), false), windows, sink);
    }

    /// Hands the samples of the series `ids`, all of them among those found, to `sink`, whose
    /// arrays are used again for the next.
    void run(long[] ids, TimeWindows windows, Consumer<SeriesSamples> sink) {
        run(new SeriesSelection(filter, ids), windows, sink);
    }

    private void run(SeriesSelection wanted, TimeWindows windows, Consumer<SeriesSamples> sink) {
        if (wanted.ids().length == 0) {
            return;
        }
        TimeRange range = windows.range();
        readHistograms(wanted.ids(), range);
        // What a histogram's reset hint means depends on the sample before it.
        TimeWindows floatsIn = histograms.isEmpty() ? windows : TimeWindows.whole(range);
        SampleTable.read(
                clickHouse,
                wanted,
                floatsIn,
                limits.samplesMax(),
                limits.starts(),
                (id, times, values, starts, from, to) -> {
                    if (found.row(id) < 0) {
                        return; // of another metric, or it came meanwhile
                    }
                    if (id != current) {
                        flush(sink);
                        current = id;
                    }
                    count(to - from);
                    floats.add(times, values, starts, from, to);
                });
        flush(sink);
        floats.clear();
        for (Map.Entry<Long, Histograms> only : histograms.entrySet()) {
            int row = found.row(only.getKey());
            if (row >= 0) {
                sink.accept(only.getValue().merge(found, row, floats, limits.starts()));
            }
        }
    }

    private void readHistograms(long[] ids, TimeRange range) {
        if (!found.anyHistograms()) {
            return;
        }
        long[] some =
                java.util.Arrays.stream(ids)
                        .filter(id -> found.hasHistograms(found.row(id)))
                        .toArray();
        if (some.length == 0) {
            return;
        }
        HistogramTable.read(
                clickHouse,
                new SeriesSelection(filter, some),
                range,
                limits.samplesMax(),
                (id, timestampMs, histogram, startMs) -> {
                    count(1);
                    histograms
                            .computeIfAbsent(id, _ -> new Histograms())
                            .add(timestampMs, histogram, startMs);
                });
    }

    private void count(int samples) {
        read += samples;
        limits.checkSamples(read);
    }

    /// Hands on what was read of the current series.
    private void flush(Consumer<SeriesSamples> sink) {
        int row = floats.size() == 0 ? -1 : found.row(current);
        if (row >= 0) {
            Histograms own = histograms.remove(current);
            sink.accept(
                    own == null
                            ? floats.samples(found.labels(row))
                            : own.merge(found, row, floats, limits.starts()));
        }
        floats.clear();
    }

    /// Histograms of one series in time order.
    private static final class Histograms {
        private final List<Long> timestampsMs = new ArrayList<>();
        private final List<NativeHistogram> values = new ArrayList<>();
        private final List<Long> startsMs = new ArrayList<>();

        void add(long timestampMs, NativeHistogram histogram, long startMs) {
            if (timestampsMs.isEmpty() || timestampsMs.getLast() != timestampMs) {
                timestampsMs.add(timestampMs);
                values.add(histogram);
                startsMs.add(startMs);
            }
        }

        /// Both kinds in time order; at equal times the float wins.
        SeriesSamples merge(FoundSeries found, int row, SampleColumns floats, boolean starts) {
            return floats.merge(found.labels(row), timestampsMs, values, starts ? startsMs : null);
        }
    }
}
