package io.framewatch.store.clickhouse;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.record.MetricRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Exemplars, a row each.
public final class ExemplarTable {

    private ExemplarTable() {}

    private record Row(Tenant tenant, MetricRecord.ExemplarRow row) {

        long day() {
            return Math.floorDiv(row.exemplar().timestampMs(), Inserts.DAY_MS);
        }
    }

    static void addTo(Inserts inserts) {
        List<Row> rows = new ArrayList<>();
        for (MetricRecord record : inserts.records()) {
            record.exemplars().forEach(row -> rows.add(new Row(record.tenant(), row)));
        }
        rows.sort(Comparator.comparingLong(Row::day).thenComparing(Row::tenant));
        inserts.add(
                Schema.EXEMPLARS,
                rows.size(),
                i -> rows.get(i).day(),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(3, 'UTC')");
        NativeColumn.Fixed value = new NativeColumn.Fixed("value", "Float64");
        NativeColumn.Map labels = new NativeColumn.Map("labels");
        for (Row row : rows) {
            tenant.add(row.tenant().id());
            id.add(row.row().id());
            ts.add(row.row().exemplar().timestampMs());
            value.add(row.row().exemplar().value());
            labels.add(row.row().exemplar().labels());
        }
        return List.of(tenant, id, ts, value, labels);
    }

    /// The exemplars in `range` of the series selected, by id, in time order; at most `rowsMax`.
    public static Map<Long, List<Exemplar>> read(
            ClickHouse clickHouse, SeriesSelection series, TimeRange range, long rowsMax) {
        Sql sql =
                new Sql("SELECT id, ts, value, CAST(labels AS Map(String, String)) FROM ")
                        .add(Schema.EXEMPLARS)
                        .add(" WHERE tenant = ")
                        .text(series.tenant().id())
                        .add(" AND ");
        series.addIds(sql);
        Times.between(sql, range);
        sql.add(" ORDER BY id, ts, batch LIMIT ").unsigned(rowsMax);
        Map<Long, List<Exemplar>> all = new HashMap<>();
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    all.computeIfAbsent(block.longs(0)[i], _ -> new ArrayList<>())
                            .add(
                                    new Exemplar(
                                            block.labels(3)[i],
                                            block.doubles(2)[i],
                                            block.longs(1)[i]));
                }
            }
        }
        return all;
    }
}
