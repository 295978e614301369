package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.LogRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which streams of log lines were seen on which day, and their labels.
public final class StreamTable {

    private StreamTable() {}

    private record Row(Tenant tenant, int day, LogRecord.StreamRow stream) {}

    static void addTo(Inserts inserts, List<LogRecord> records) {
        List<Row> rows = new ArrayList<>();
        for (LogRecord record : records) {
            for (LogRecord.DayRow day : record.days()) {
                rows.add(new Row(record.tenant(), day.day(), record.streams().get(day.stream())));
            }
        }
        rows.sort(
                Comparator.comparingLong((Row row) -> Months.of(row.day()))
                        .thenComparing(Row::tenant)
                        .thenComparingInt(Row::day)
                        .thenComparing(
                                (a, b) -> Long.compareUnsigned(a.stream().id(), b.stream().id())));
        inserts.add(
                Schema.STREAMS,
                rows.size(),
                i -> Months.of(rows.get(i).day()),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed day = new NativeColumn.Fixed("day", "Date");
        NativeColumn.Fixed stream = new NativeColumn.Fixed("stream", "UInt64");
        NativeColumn.Map labels = new NativeColumn.Map("labels");
        for (Row row : rows) {
            tenant.add(row.tenant().id());
            day.addShort(row.day());
            stream.add(row.stream().id());
            labels.add(row.stream().labels());
        }
        return List.of(tenant, day, stream, labels);
    }

    /// A stream that was seen on a day of the range.
    ///
    /// @param id its id
    /// @param labels its labels
    /// @param certain whether one of the days lies in the range wholly, so that the stream has a
    ///   line in it
    public record Found(long id, Labels labels, boolean certain) {}

    /// The streams of `range` that all its matchers accept and that were seen on one of its days,
    /// by id; at most `streamsMax + 1`.
    public static List<Found> find(ClickHouse clickHouse, LogRange range, long streamsMax) {
        // Days from the first midnight in the range to before the last one.
        long firstWhole = Math.ceilDiv(range.fromNs(), Inserts.DAY_NS);
        long endWhole = Math.floorDiv(range.toNs(), Inserts.DAY_NS);
        Sql sql =
                new Sql("SELECT stream, any(CAST(labels AS Map(String, String))), max(")
                        .add("toInt64(day) >= ")
                        .number(firstWhole)
                        .add(" AND toInt64(day) < ")
                        .number(endWhole)
                        .add(") FROM ")
                        .add(Schema.STREAMS)
                        .add(" WHERE ");
        conditions(sql, range);
        sql.add(" GROUP BY stream ORDER BY stream LIMIT ").unsigned(streamsMax + 1);
        List<Found> found = new ArrayList<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    found.add(
                            new Found(
                                    block.longs(0)[i], block.labels(1)[i], block.longs(2)[i] != 0));
                }
            }
        }
        return found;
    }

    static void conditions(Sql sql, LogRange range) {
        sql.add("tenant = ").text(range.tenant().id());
        sql.add(" AND toInt64(day) >= ").number(Math.floorDiv(range.fromNs(), Inserts.DAY_NS));
        sql.add(" AND toInt64(day) <= ").number(Math.floorDiv(range.toNs() - 1, Inserts.DAY_NS));
        sql.add(" AND batch <= ").unsigned(range.batchMax());
        for (Matcher matcher : range.matchers()) {
            sql.add(" AND ");
            SeriesTable.condition(sql, matcher);
        }
    }
}
