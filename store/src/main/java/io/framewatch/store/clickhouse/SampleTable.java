package io.framewatch.store.clickhouse;

import io.framewatch.model.TimeRange;
import java.util.List;

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
        return List.of(tenant, id, ts, value);
    }

    /// What a reader of samples is given, in the order of id and time. Of several values at one
    /// timestamp, which only samples too late for the hot window can have, the largest counts, as
    /// it does in the engine's grid functions.
    public interface Sink {

        /// Samples of the series `id`, those at `from` to `to` (exclusive) of the columns.
        void samples(long id, long[] timestampsMs, double[] values, int from, int to);
    }

    /// Hands the samples in `range` of the series `series` selects to `sink`; at most `rowsMax + 1`
    /// rows are read.
    public static void read(
            ClickHouse clickHouse,
            SeriesSelection series,
            TimeRange range,
            long rowsMax,
            Sink sink) {
        Sql sql = new Sql("SELECT id, ts, value FROM " + Schema.SAMPLES + " WHERE tenant = ");
        sql.text(series.tenant().id()).add(" AND ");
        series.addIds(sql);
        Times.between(sql, range);
        sql.add(" ORDER BY id, ts LIMIT ").unsigned(rowsMax + 1);
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                runs(block, sink);
            }
        }
    }

    private static void runs(Block block, Sink sink) {
        long[] ids = block.longs(0);
        long[] timestamps = block.longs(1);
        double[] values = block.doubles(2);
        int from = 0;
        for (int i = 1; i <= block.rows(); i++) {
            if (i == block.rows() || ids[i] != ids[from]) {
                sink.samples(ids[from], timestamps, values, from, i);
                from = i;
            }
        }
    }
}
