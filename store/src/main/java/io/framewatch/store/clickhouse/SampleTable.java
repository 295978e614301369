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
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(3, 'UTC')");
        NativeColumn.Fixed value = new NativeColumn.Fixed("value", "Float64");
        for (int i = from; i < to; i++) {
            tenant.add(rows.tenant[i].id());
        }
        id.add(rows.ids, from, to);
        ts.add(rows.timestampsMs, from, to);
        value.add(rows.values, from, to);
        return List.of(tenant, id, ts, value);
    }

    /// What a reader of samples is given, in the order of id and time; of two values at one
    /// timestamp the first is the one that counts.
    public interface Sink {

        /// One sample; `id` is the series.
        void sample(long id, long timestampMs, double value);
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
        sql.add(" ORDER BY id, ts, batch LIMIT ").unsigned(rowsMax + 1);
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                long[] ids = block.longs(0);
                long[] timestamps = block.longs(1);
                double[] values = block.doubles(2);
                for (int i = 0; i < block.rows(); i++) {
                    sink.sample(ids[i], timestamps[i], values[i]);
                }
            }
        }
    }
}
