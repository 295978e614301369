package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.TimeWindows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one class that knows how float samples lie in the engine: in blocks of one series, sorted by
/// tenant, series and time, partitioned by day. Blocks of a series may overlap, where samples came
/// late.
public final class SampleTable {

    private static final String TIME = "DateTime64(3, 'UTC')";
    private static final String TIMES = "Array(" + TIME + ")";

    private SampleTable() {}

    static void addTo(Inserts inserts) {
        FlushMemory memory = inserts.memory();
        SampleOrder rows = new SampleOrder(inserts.records(), memory);
        SampleBlocks blocks = new SampleBlocks(rows, memory);
        inserts.add(
                Schema.SAMPLES,
                blocks.size(),
                block -> rows.day(blocks.from(block)),
                block -> blocks.to(block) - blocks.from(block),
                (from, to) -> columns(rows, blocks, from, to, memory));
    }

    private static List<NativeColumn> columns(
            SampleOrder rows, SampleBlocks blocks, int from, int to, FlushMemory memory) {
        NativeColumn.Repeated tenant = new NativeColumn.Repeated("tenant");
        int many = to - from;
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64", many * Long.BYTES, memory);
        NativeColumn.Fixed first = new NativeColumn.Fixed("ts", TIME, many * Long.BYTES, memory);
        NativeColumn.Fixed last = new NativeColumn.Fixed("last", TIME, many * Long.BYTES, memory);
        NativeColumn.Fixed kind = new NativeColumn.Fixed("kind", "UInt8", many, memory);
        ByteBuffer ends = memory.bytes(many * Long.BYTES);
        int begin = blocks.from(from);
        for (int block = from; block < to; block++) {
            int end = blocks.to(block);
            id.add(blocks.id(block));
            first.add(rows.timestampMs(blocks.from(block)));
            last.add(rows.timestampMs(end - 1));
            kind.addByte(blocks.kind(block));
            ends.putLong(end - begin);
        }
        ends.flip();
        int end = blocks.to(to - 1);
        NativeColumn times =
                new NativeColumn.Numbers("times", TIMES, ends, rows.timestamps(begin, end));
        NativeColumn values =
                new NativeColumn.Numbers("values", "Array(Float64)", ends, rows.values(begin, end));
        rows.tenants(blocks, from, to, tenant::add);
        List<NativeColumn> all =
                new ArrayList<>(List.of(tenant, id, first, last, times, values, kind));
        if (rows.hasStarts(begin, end)) {
            all.add(starts(rows, blocks, from, to, memory));
        }
        return all;
    }

    private static NativeColumn starts(
            SampleOrder rows, SampleBlocks blocks, int from, int to, FlushMemory memory) {
        ByteBuffer ends = memory.bytes((to - from) * Long.BYTES);
        int rowsMax = blocks.to(to - 1) - blocks.from(from);
        ByteBuffer starts = memory.bytes(rowsMax * Long.BYTES);
        for (int block = from; block < to; block++) {
            if (rows.hasStarts(blocks.from(block), blocks.to(block))) {
                for (int row = blocks.from(block); row < blocks.to(block); row++) {
                    starts.putLong(rows.start(row));
                }
            }
            ends.putLong(starts.position() / Long.BYTES);
        }
        return new NativeColumn.Numbers("starts", TIMES, ends.flip(), starts.flip());
    }

    /// What a reader of samples is given, in the order of id and, but where samples came late, of
    /// time. Of several values at one timestamp, which only samples too late for the hot window can
    /// have, the largest counts, as it does in the engine's grid functions.
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
        Sql floats = new Sql("SELECT id FROM " + Schema.SAMPLES + " WHERE tenant = ");
        Times.overlapping(floats.text(tenant.id()), TimeWindows.whole(range));
        floats.add(" AND notEmpty(starts) LIMIT 1");
        Sql histograms = new Sql("SELECT id FROM " + Schema.HISTOGRAMS + " WHERE tenant = ");
        Times.between(histograms.text(tenant.id()), range);
        histograms.add(" AND start != 0 LIMIT 1");
        return any(clickHouse, floats) || any(clickHouse, histograms);
    }

    /// Timestamp of the oldest sample of a tenant, float or histogram, from `fromMs` on, or of one
    /// that lies in a block with it; `Long.MAX_VALUE` if there is none.
    public static long oldestMs(ClickHouse clickHouse, Tenant tenant, long fromMs) {
        TimeRange range = new TimeRange(fromMs, Long.MAX_VALUE);
        Sql floats = oldest(Schema.SAMPLES, tenant);
        Times.overlapping(floats, TimeWindows.whole(range));
        Sql histograms = oldest(Schema.HISTOGRAMS, tenant);
        Times.between(histograms, range);
        return Math.min(oldest(clickHouse, floats), oldest(clickHouse, histograms));
    }

    private static Sql oldest(String table, Tenant tenant) {
        Sql sql = new Sql("SELECT toInt64(count()), toUnixTimestamp64Milli(min(ts)) FROM ");
        return sql.add(table).add(" WHERE tenant = ").text(tenant.id());
    }

    private static long oldest(ClickHouse clickHouse, Sql sql) {
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            if (block == null || block.rows() == 0 || block.longs(0)[0] == 0) {
                return Long.MAX_VALUE;
            }
            return block.longs(1)[0];
        }
    }

    private static boolean any(ClickHouse clickHouse, Sql sql) {
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            return block != null && block.rows() > 0;
        }
    }

    /// Hands the samples in `windows` of the series `series` selects to `sink`, with their starts
    /// if `withStarts`; at most `blocksMax + 1` blocks are read.
    public static void read(
            ClickHouse clickHouse,
            SeriesSelection series,
            TimeWindows windows,
            long blocksMax,
            boolean withStarts,
            Sink sink) {
        Sql sql = new Sql("SELECT id, times, values").add(withStarts ? ", starts" : "");
        sql.add(" FROM ").add(Schema.SAMPLES).add(" WHERE tenant = ");
        sql.text(series.tenant().id()).add(" AND ");
        series.addIds(sql);
        Times.overlapping(sql, windows);
        sql.add(" ORDER BY id, ts LIMIT ").unsigned(blocksMax + 1);
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                new SampleRuns(block, windows, withStarts, sink).run();
            }
        }
    }
}
