package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.TimeWindows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one class that knows how float samples lie in the engine: a row each, sorted by tenant,
/// series and time, partitioned by day.
public final class SampleTable {

    private SampleTable() {}

    static void addTo(Inserts inserts) {
        SampleOrder rows = new SampleOrder(inserts.records());
        inserts.add(Schema.SAMPLES, rows.size(), rows::day, (from, to) -> columns(rows, from, to));
    }

    private static List<NativeColumn> columns(SampleOrder rows, int from, int to) {
        NativeColumn.Repeated tenant = new NativeColumn.Repeated("tenant");
        int bytes = (to - from) * Long.BYTES;
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64", bytes);
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(3, 'UTC')", bytes);
        NativeColumn.Fixed value = new NativeColumn.Fixed("value", "Float64", bytes);
        rows.tenants(from, to, tenant::add);
        id.add(rows.ids, from, to);
        ts.add(rows.timestampsMs, from, to);
        value.add(rows.values, from, to);
        List<NativeColumn> all = new ArrayList<>(List.of(tenant, id, ts, value));
        if (rows.startsMs != null && rows.hasStarts(from, to)) {
            NativeColumn.Fixed start =
                    new NativeColumn.Fixed("start", "DateTime64(3, 'UTC')", bytes);
            start.add(rows.startsMs, from, to);
            all.add(start);
        }
        return all;
    }

    /// What a reader of samples is given, in the order of id and time. Of several values at one
    /// timestamp, which only samples too late for the hot window can have, the largest counts, as
    /// it does in the engine's grid functions.
    public interface Sink {

        /// Samples of the series `id`, those at `from` to `to` (exclusive) of the columns.
        ///
        /// @param starts as the table has them, see [#startMs]; null if they were not read
        void samples(
                long id,
                long[] timestampsMs,
                double[] values,
                long @Nullable [] starts,
                int from,
                int to);
    }

    /// The start of a sample, Unix milliseconds or `SeriesSamples.NO_START`, from what the table
    /// has.
    public static long startMs(long stored) {
        return Times.start(stored);
    }

    /// Whether any sample of a tenant in `range`, float or histogram, has a start.
    public static boolean hasStarts(ClickHouse clickHouse, Tenant tenant, TimeRange range) {
        return hasStarts(Schema.SAMPLES, clickHouse, tenant, range)
                || hasStarts(Schema.HISTOGRAMS, clickHouse, tenant, range);
    }

    private static boolean hasStarts(
            String table, ClickHouse clickHouse, Tenant tenant, TimeRange range) {
        Sql sql = new Sql("SELECT id FROM " + table + " WHERE tenant = ");
        sql.text(tenant.id());
        Times.between(sql, range);
        sql.add(" AND start != 0 LIMIT 1");
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            return block != null && block.rows() > 0;
        }
    }

    /// Hands the samples in `windows` of the series `series` selects to `sink`, with their starts
    /// if `withStarts`; at most `rowsMax + 1` rows are read.
    public static void read(
            ClickHouse clickHouse,
            SeriesSelection series,
            TimeWindows windows,
            long rowsMax,
            boolean withStarts,
            Sink sink) {
        Sql sql = new Sql("SELECT id, ts, value").add(withStarts ? ", start" : "");
        sql.add(" FROM ").add(Schema.SAMPLES).add(" WHERE tenant = ");
        sql.text(series.tenant().id()).add(" AND ");
        series.addIds(sql);
        Times.within(sql, windows);
        sql.add(" ORDER BY id, ts LIMIT ").unsigned(rowsMax + 1);
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                runs(block, withStarts, sink);
            }
        }
    }

    private static void runs(Block block, boolean withStarts, Sink sink) {
        long[] ids = block.longs(0);
        long[] timestamps = block.longs(1);
        double[] values = block.doubles(2);
        long[] starts = withStarts ? block.longs(3) : null;
        int from = 0;
        for (int i = 1; i <= block.rows(); i++) {
            if (i == block.rows() || ids[i] != ids[from]) {
                sink.samples(ids[from], timestamps, values, starts, from, i);
                from = i;
            }
        }
    }
}
