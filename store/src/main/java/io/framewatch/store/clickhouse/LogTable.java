package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection.LineFilter;
import io.framewatch.store.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Log lines, a row each, sorted by tenant, stream and time, partitioned by day, with an index of
/// their words. `batch` and `arrival` together order rows as they came.
public final class LogTable {

    /// More streams than these are not sent along by their ids.
    static final int STREAMS_SENT_MAX = 2_000;

    private LogTable() {}

    private record Row(Tenant tenant, long stream, int arrival, LogRecord.LineRow line) {

        long day() {
            return Math.floorDiv(line.timestampNs(), Inserts.DAY_NS);
        }
    }

    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::day)
                    .thenComparing(Row::tenant)
                    .thenComparing((a, b) -> Long.compareUnsigned(a.stream, b.stream))
                    .thenComparingLong(row -> row.line.timestampNs());

    static void addTo(Inserts inserts, List<LogRecord> records) {
        List<Row> rows = new ArrayList<>();
        for (LogRecord record : records) {
            for (LogRecord.LineRow line : record.lines()) {
                long stream = record.streams().get(line.stream()).id();
                rows.add(new Row(record.tenant(), stream, rows.size(), line));
            }
        }
        rows.sort(ORDER);
        inserts.add(
                Schema.LOGS,
                rows.size(),
                i -> rows.get(i).day(),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed stream = new NativeColumn.Fixed("stream", "UInt64");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(9, 'UTC')");
        NativeColumn.Text line = new NativeColumn.Text("line");
        NativeColumn.Map metadata = new NativeColumn.Map("metadata");
        NativeColumn.Fixed arrival = new NativeColumn.Fixed("arrival", "UInt32");
        for (Row row : rows) {
            tenant.add(row.tenant().id());
            stream.add(row.stream());
            ts.add(row.line().timestampNs());
            line.add(row.line().line());
            metadata.add(row.line().metadata());
            arrival.addInt(row.arrival());
        }
        return List.of(tenant, stream, ts, line, metadata, arrival);
    }

    /// A line that was read.
    ///
    /// @param timestampNs Unix nanoseconds
    /// @param stream its stream
    /// @param line its text
    /// @param metadata its own fields
    /// @param batch the insert it came with
    /// @param arrival its place in the insert's round
    public record Line(
            long timestampNs,
            long stream,
            String line,
            Labels metadata,
            long batch,
            long arrival) {}

    /// What lines to read.
    ///
    /// @param range where, with `fromNs` and `toNs` of this page
    /// @param streams ids of the streams that the matchers accept, in the order in which lines of
    ///   one instant are to come
    /// @param filters conditions on the text, each one that [#isSupported] accepts
    /// @param newestFirst order
    /// @param after only lines behind this one, or null
    /// @param linesMax most lines
    /// @param bytesMax most bytes; a page that has more is refused by the engine
    public record Page(
            LogRange range,
            long[] streams,
            List<LineFilter> filters,
            boolean newestFirst,
            @Nullable Line after,
            int linesMax,
            long bytesMax) {

        /// Whether lines of one instant go by the place of their stream in the list; where the
        /// streams are too many to be sent along, they go by its id.
        private boolean sendsStreams() {
            return streams.length > 1 && streams.length <= STREAMS_SENT_MAX;
        }

        private Sql rank(Sql sql) {
            if (!sendsStreams()) {
                return sql.add("stream");
            }
            long[] ranks = LongStream.range(0, streams.length).toArray();
            sql.add("transform(stream, ").unsignedList(streams).add(", ");
            return sql.unsignedList(ranks).add(")");
        }

        private long rank(long stream) {
            return sendsStreams()
                    ? LongStream.of(streams).boxed().toList().indexOf(stream)
                    : stream;
        }
    }

    /// Whether the engine can apply `filter` as [LineFilter#accepts] does.
    public static boolean isSupported(LineFilter filter) {
        return LineFilters.isSupported(filter);
    }

    /// The lines of a page, in order. Takes `timeout` at most.
    public static List<Line> read(ClickHouse clickHouse, Page page, Duration timeout) {
        String direction = page.newestFirst() ? " DESC" : "";
        Sql sql =
                new Sql("SELECT ts, stream, line, CAST(metadata AS Map(String, String)),")
                        .add(" toUInt64(batch), toUInt64(arrival) FROM ");
        conditions(sql.add(Schema.LOGS).add(" WHERE "), page.range(), page.streams());
        page.filters().forEach(filter -> LineFilters.add(sql, filter));
        if (page.after() != null) {
            behind(sql, page, page.after());
        }
        sql.add(" ORDER BY ts").add(direction).add(", ");
        page.rank(sql).add(direction).add(", batch").add(direction).add(", arrival");
        sql.add(direction).add(" LIMIT ").unsigned(page.linesMax());
        // A number of our own: settings take no parameters.
        sql.add(" SETTINGS max_result_bytes = " + page.bytesMax());
        List<Line> lines = new ArrayList<>();
        try (Result result = clickHouse.query(sql, timeout)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    lines.add(
                            new Line(
                                    block.longs(0)[i],
                                    block.longs(1)[i],
                                    block.texts(2)[i],
                                    block.labels(3)[i],
                                    block.longs(4)[i],
                                    block.longs(5)[i]));
                }
            }
        }
        return lines;
    }

    private static void conditions(Sql sql, LogRange range, long[] streams) {
        sql.add("tenant = ").text(range.tenant().id()).add(" AND stream IN (");
        if (streams.length <= STREAMS_SENT_MAX) {
            sql.unsignedList(streams);
        } else {
            sql.add("SELECT stream FROM ").add(Schema.STREAMS).add(" WHERE ");
            StreamTable.conditions(sql, range);
        }
        sql.add(") AND batch <= ").unsigned(range.batchMax());
        Times.betweenNs(sql, range.fromNs(), range.toNs());
    }

    private static void behind(Sql sql, Page page, Line after) {
        sql.add(" AND (toUnixTimestamp64Nano(ts), ");
        page.rank(sql).add(", batch, arrival) ").add(page.newestFirst() ? "<" : ">");
        sql.add(" (").number(after.timestampNs()).add(", ");
        sql.unsigned(page.rank(after.stream()));
        sql.add(", ").unsigned(after.batch()).add(", ").unsigned(after.arrival()).add(")");
    }

    /// Which of `streams` have a line in `range`.
    public static Set<Long> streams(ClickHouse clickHouse, LogRange range, long[] streams) {
        Sql sql = new Sql("SELECT DISTINCT stream FROM ").add(Schema.LOGS).add(" WHERE ");
        conditions(sql, range, streams);
        Set<Long> found = new HashSet<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (long stream : block.longs(0)) {
                    found.add(stream);
                }
            }
        }
        return found;
    }
}
