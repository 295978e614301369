package io.framewatch.store.clickhouse;

import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/// Turns records of the log into numbered inserts. The same records and the same first number give
/// the same inserts, which is what makes a flush repeatable. Not thread safe.
public final class Inserts {

    /// So many values in lists are sent at once, or little more: the engine would make several
    /// parts of much more bytes.
    private static final int LISTED_MAX = 2_000_000;

    private final Records records;
    private final List<Insert> inserts = new ArrayList<>();
    private final FlushMemory memory;
    private long next;

    private Inserts(Records records, long firstBatch, FlushMemory memory) {
        this.records = records;
        this.next = firstBatch;
        this.memory = memory;
    }

    /// The inserts of `records`, numbered from `firstBatch`; identities before the rows that need
    /// them. They lie in `memory`, which is to be kept as long as they are.
    public static List<Insert> of(Records records, long firstBatch, FlushMemory memory) {
        Inserts all = new Inserts(records, firstBatch, memory);
        SeriesTable.addTo(all);
        MetadataTable.addTo(all);
        SampleTable.addTo(all);
        HistogramTable.addTo(all);
        ExemplarTable.addTo(all);
        StreamTable.addTo(all, records.logs());
        LogTable.addTo(all, records.logs());
        OperationTable.addTo(all, records.spans());
        SpanTable.addTo(all, records.spans());
        return all.inserts;
    }

    FlushMemory memory() {
        return memory;
    }

    List<MetricRecord> records() {
        return records.metrics();
    }

    /// A maker of columns for rows `from` (inclusive) to `to` (exclusive) of what a table gathered.
    interface Columns {
        List<NativeColumn> of(int from, int to);
    }

    /// Adds `rows` rows of one value each, of which row `i` belongs to partition `partition(i)`;
    /// equal partitions lie together.
    void add(String table, int rows, IntToLongFunction partition, Columns columns) {
        add(table, rows, partition, _ -> 0, columns);
    }

    /// The same where row `i` is a list of `values(i)` values.
    void add(
            String table,
            int rows,
            IntToLongFunction partition,
            IntUnaryOperator values,
            Columns columns) {
        int from = 0;
        while (from < rows) {
            int to = from + 1;
            long own = partition.applyAsLong(from);
            int many = values.applyAsInt(from);
            while (to < rows
                    && to - from < ClickHouse.INSERT_ROWS_MAX
                    && many < LISTED_MAX
                    && partition.applyAsLong(to) == own) {
                many += values.applyAsInt(to++);
            }
            List<NativeColumn> all = new ArrayList<>(columns.of(from, to));
            all.add(batchColumn(to - from));
            inserts.add(new Insert(table, next++, new NativeBlock(to - from, all)));
            from = to;
        }
    }

    private NativeColumn batchColumn(int rows) {
        NativeColumn.Fixed batch =
                new NativeColumn.Fixed("batch", "UInt32", rows * Integer.BYTES, memory);
        batch.addInts((int) next, rows);
        return batch;
    }

    /// The table's names, for looking up what has arrived.
    public static List<String> tables() {
        return List.of(
                Schema.SERIES,
                Schema.SERIES_DAYS,
                Schema.METADATA,
                Schema.SAMPLES,
                Schema.HISTOGRAMS,
                Schema.EXEMPLARS,
                Schema.STREAMS,
                Schema.LOGS,
                Schema.OPERATIONS,
                Schema.SPANS);
    }

    /// Milliseconds in a day, the partition of everything that has a timestamp.
    static final long DAY_MS = 86_400_000L;

    /// Nanoseconds in a day.
    static final long DAY_NS = DAY_MS * 1_000_000L;
}
