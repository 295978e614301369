package io.framewatch.store.metrics;

import io.framewatch.model.StaleNaN;
import io.framewatch.store.GridAnswer;
import io.framewatch.store.GridQuery;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.FoundSeries;
import io.framewatch.store.clickhouse.GridTable;
import io.framewatch.store.clickhouse.SeriesFilter;
import io.framewatch.store.clickhouse.SeriesSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// Has the engine compute a grid over series that were found, and reads the samples of those that
/// it cannot compute exactly. Used once, by one thread.
final class GridScan {

    private final ClickHouse clickHouse;
    private final SeriesFilter filter;
    private final FoundSeries found;
    private final SelectLimits limits;
    private final List<GridAnswer.Row> rows = new ArrayList<>();
    private final LongStream.Builder computed = LongStream.builder();
    private final LongStream.Builder odd = LongStream.builder();
    private long read;

    GridScan(ClickHouse clickHouse, SeriesFilter filter, FoundSeries found, SelectLimits limits) {
        this.clickHouse = clickHouse;
        this.filter = filter;
        this.found = found;
        this.limits = limits;
    }

    GridAnswer run(GridQuery query) {
        long[] plain = found.ids(false);
        if (plain.length > 0) {
            SeriesSelection wanted = new SeriesSelection(filter, plain, false);
            GridTable.read(clickHouse, wanted, query, limits.starts(), this::add);
        }
        long[] counts = query.counted() ? counts(query) : new long[0];
        List<SeriesSamples> raw = new ArrayList<>();
        long[] rest = LongStream.concat(odd.build(), Arrays.stream(found.ids(true))).toArray();
        new SeriesScan(clickHouse, filter, found, limits)
                .run(rest, query.windows(), samples -> raw.add(MetricReader.copy(samples)));
        for (SeriesSamples each : raw) {
            read += each.size();
        }
        rows.sort(Comparator.comparing(GridAnswer.Row::labels));
        raw.sort(Comparator.comparing(SeriesSamples::labels));
        return new GridAnswer(rows, raw, read, counts);
    }

    private void add(long id, double[] values, long samples, long oddBlocks) {
        int row = found.row(id);
        if (row < 0 || found.hasHistograms(row)) {
            return;
        }
        if (oddBlocks > 0) {
            odd.add(id);
            return;
        }
        computed.add(id);
        read += samples;
        limits.checkSamples(read);
        if (any(values)) {
            rows.add(new GridAnswer.Row(found.labels(row), values));
        }
    }

    /// Samples in the window of each step, of the series that were computed.
    private long[] counts(GridQuery query) {
        long[] ids = computed.build().toArray();
        if (ids.length == 0) {
            return new long[query.steps()];
        }
        return GridTable.count(clickHouse, new SeriesSelection(filter, ids), query);
    }

    private static boolean any(double[] values) {
        for (double value : values) {
            if (!StaleNaN.is(value)) {
                return true;
            }
        }
        return false;
    }
}
