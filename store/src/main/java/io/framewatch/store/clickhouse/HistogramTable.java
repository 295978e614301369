package io.framewatch.store.clickhouse;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.record.MetricRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Native histogram samples, a row each, spans as alternating offsets and lengths.
public final class HistogramTable {

    private static final NativeHistogram.ResetHint[] HINTS = NativeHistogram.ResetHint.values();

    private HistogramTable() {}

    private record Row(Tenant tenant, MetricRecord.HistogramRow row) {

        long day() {
            return Math.floorDiv(row.timestampMs(), Inserts.DAY_MS);
        }
    }

    static void addTo(Inserts inserts) {
        List<Row> rows = new ArrayList<>();
        for (MetricRecord record : inserts.records()) {
            record.histograms().forEach(row -> rows.add(new Row(record.tenant(), row)));
        }
        rows.sort(
                Comparator.comparingLong(Row::day)
                        .thenComparing(Row::tenant)
                        .thenComparing((a, b) -> Long.compareUnsigned(a.row.id(), b.row.id()))
                        .thenComparingLong(row -> row.row.timestampMs()));
        inserts.add(
                Schema.HISTOGRAMS,
                rows.size(),
                i -> rows.get(i).day(),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        NativeColumn.Fixed ts = new NativeColumn.Fixed("ts", "DateTime64(3, 'UTC')");
        NativeColumn.Fixed hint = new NativeColumn.Fixed("hint", "UInt8");
        NativeColumn.Fixed schema = new NativeColumn.Fixed("schema", "Int32");
        NativeColumn.Fixed zeroThreshold = new NativeColumn.Fixed("zero_threshold", "Float64");
        NativeColumn.Fixed zeroCount = new NativeColumn.Fixed("zero_count", "Float64");
        NativeColumn.Fixed count = new NativeColumn.Fixed("count", "Float64");
        NativeColumn.Fixed sum = new NativeColumn.Fixed("sum", "Float64");
        NativeColumn.Numbers positiveSpans = NativeColumn.Numbers.ints("positive_spans");
        NativeColumn.Numbers positive = NativeColumn.Numbers.doubles("positive_buckets");
        NativeColumn.Numbers negativeSpans = NativeColumn.Numbers.ints("negative_spans");
        NativeColumn.Numbers negative = NativeColumn.Numbers.doubles("negative_buckets");
        NativeColumn.Numbers custom = NativeColumn.Numbers.doubles("custom_values");
        NativeColumn.Fixed start = new NativeColumn.Fixed("start", "DateTime64(3, 'UTC')");
        for (Row one : rows) {
            NativeHistogram h = one.row().histogram();
            tenant.add(one.tenant().id());
            id.add(one.row().id());
            ts.add(one.row().timestampMs());
            hint.addByte(h.resetHint().ordinal());
            schema.addInt(h.schema());
            zeroThreshold.add(Double.doubleToRawLongBits(h.zeroThreshold()));
            zeroCount.add(Double.doubleToRawLongBits(h.zeroCount()));
            count.add(Double.doubleToRawLongBits(h.count()));
            sum.add(Double.doubleToRawLongBits(h.sum()));
            positiveSpans.add(flat(h.positiveSpans()));
            positive.add(h.positiveBuckets());
            negativeSpans.add(flat(h.negativeSpans()));
            negative.add(h.negativeBuckets());
            custom.add(h.customValues());
            start.add(Times.startMs(one.row().startMs()));
        }
        return List.of(
                tenant,
                id,
                ts,
                hint,
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                positiveSpans,
                positive,
                negativeSpans,
                negative,
                custom,
                start);
    }

    private static int[] flat(NativeHistogram.Span[] spans) {
        int[] flat = new int[2 * spans.length];
        for (int i = 0; i < spans.length; i++) {
            flat[2 * i] = spans[i].offset();
            flat[2 * i + 1] = spans[i].length();
        }
        return flat;
    }

    private static NativeHistogram.Span[] spans(long[] flat) {
        NativeHistogram.Span[] spans = new NativeHistogram.Span[flat.length / 2];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = new NativeHistogram.Span((int) flat[2 * i], (int) flat[2 * i + 1]);
        }
        return spans;
    }

    /// What a reader of histograms is given, in the order of id and time.
    public interface Sink {

        /// One sample; `id` is the series, `startMs` when its counting began, Unix milliseconds or
        /// `SeriesSamples.NO_START`.
        void sample(long id, long timestampMs, NativeHistogram histogram, long startMs);
    }

    /// Hands the histograms in `range` of the series selected to `sink`; at most `rowsMax + 1`
    /// rows.
    public static void read(
            ClickHouse clickHouse,
            SeriesSelection series,
            TimeRange range,
            long rowsMax,
            Sink sink) {
        Sql sql =
                new Sql("SELECT id, ts, hint, schema, zero_threshold, zero_count, count, sum,")
                        .add(" positive_spans, positive_buckets, negative_spans, negative_buckets,")
                        .add(" custom_values, start FROM ")
                        .add(Schema.HISTOGRAMS)
                        .add(" WHERE tenant = ")
                        .text(series.tenant().id())
                        .add(" AND ");
        series.addIds(sql);
        Times.between(sql, range);
        sql.add(" ORDER BY id, ts, batch LIMIT ").unsigned(rowsMax + 1);
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    sink.sample(
                            block.longs(0)[i],
                            block.longs(1)[i],
                            histogram(block, i),
                            Times.start(block.longs(13)[i]));
                }
            }
        }
    }

    private static NativeHistogram histogram(Block block, int row) {
        return new NativeHistogram(
                HINTS[(int) block.longs(2)[row]],
                (int) block.longs(3)[row],
                block.doubles(4)[row],
                block.doubles(5)[row],
                block.doubles(6)[row],
                block.doubles(7)[row],
                spans(block.longList(8, row)),
                block.doubleList(9, row),
                spans(block.longList(10, row)),
                block.doubleList(11, row),
                block.doubleList(12, row));
    }
}
