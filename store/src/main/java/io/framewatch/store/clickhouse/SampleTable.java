package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.SampleRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The one class that knows how float samples lie in the engine: a row each, sorted by tenant,
/// series and time, partitioned by day.
public final class SampleTable {

    private SampleTable() {}

    private record Row(Tenant tenant, SampleRows rows, int index) {

        long id() {
            return rows.id(index);
        }

        long timestampMs() {
            return rows.timestampMs(index);
        }

        long day() {
            return Math.floorDiv(timestampMs(), Inserts.DAY_MS);
        }
    }

    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::day)
                    .thenComparing(Row::tenant)
                    .thenComparing((a, b) -> Long.compareUnsigned(a.id(), b.id()))
                    .thenComparingLong(Row::timestampMs);

    static void addTo(Inserts inserts) {
        List<Row> all = new ArrayList<>();
        for (MetricRecord record : inserts.records()) {
            for (int i = 0; i < record.samples().size(); i++) {
                all.add(new Row(record.tenant(), record.samples(), i));
            }
        }
        Row[] rows = all.toArray(Row[]::new);
        // Stable: of two values at one timestamp the first in the log stays first.
        Arrays.sort(rows, ORDER);
        inserts.add(
                Schema.SAMPLES,
                rows.length,
                i -> rows[i].day(),
                (from, to) -> columns(rows, from, to));
    }

    private static List<NativeColumn> columns(Row[] rows, int from, int to) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(3, 'UTC')");
        NativeColumn.Fixed value = new NativeColumn.Fixed("value", "Float64");
        for (int i = from; i < to; i++) {
            Row row = rows[i];
            tenant.add(row.tenant().id());
            id.add(row.id());
            ts.add(row.timestampMs());
            value.add(Double.doubleToRawLongBits(row.rows().value(row.index())));
        }
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
