package io.framewatch.store.clickhouse;

import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.SampleRows;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// Puts the samples of many records into the order of the table: by day, tenant, series and time.
///
/// Rows are dealt out to their (day, tenant, series), a pile each, which keeps the order of the log
/// and needs no comparing; only the piles are sorted, and within a pile only what came out of
/// order. There may be a million piles of one row: they are columns of numbers outside the heap,
/// not objects. Timestamps and values come to lie as the engine is sent them. Not thread safe.
final class SampleOrder {

    private final FlushMemory memory;

    /// Days and tenants: few, often one.
    private final List<Group> groups = new ArrayList<>();

    // Piles, in the order of their first row.
    private LongBuffer pileIds;
    private IntBuffer pileGroups;
    private IntBuffer pileSizes;
    private int piles;

    /// Number + 1 of a pile at the place its hash says, or after it; 0 where free.
    private IntBuffer table;

    private int size;

    /// Piles in the order of the table.
    private final IntBuffer order;

    /// Where the rows of each pile end, in the order of the piles' first rows.
    private final IntBuffer ends;

    // Rows in order: as bytes, and the same as numbers.
    private final ByteBuffer timeBytes;
    private final ByteBuffer valueBytes;
    private final LongBuffer timestampsMs;
    private final LongBuffer values;

    /// Starts of the rows as the table has them, null if none is known.
    private final @Nullable LongBuffer startsMs;

    /// The samples of one tenant on one day.
    private static final class Group {
        final long day;
        final Tenant tenant;
        final int number;
        int piles;
        int to;

        Group(long day, Tenant tenant, int number) {
            this.day = day;
            this.tenant = tenant;
            this.number = number;
        }
    }

    SampleOrder(List<MetricRecord> records, FlushMemory memory) {
        this.memory = memory;
        pileIds = memory.longs(1024);
        pileGroups = memory.ints(1024);
        pileSizes = memory.ints(1024);
        table = memory.ints(4096);
        int total = records.stream().mapToInt(record -> record.samples().size()).sum();
        IntBuffer pileOf = deal(records, total);
        timeBytes = memory.bytes(Math.multiplyExact(total, Long.BYTES));
        valueBytes = memory.bytes(Math.multiplyExact(total, Long.BYTES));
        timestampsMs = timeBytes.asLongBuffer();
        values = valueBytes.asLongBuffer();
        boolean started = records.stream().anyMatch(record -> record.samples().hasStarts());
        startsMs = started ? memory.longs(total) : null;
        order = ordered();
        ends = starts();
        int row = 0;
        for (MetricRecord record : records) {
            row = lay(record.samples(), pileOf, row);
        }
        for (int pile = 0; pile < piles; pile++) {
            sortByTime(ends.get(pile) - pileSizes.get(pile), ends.get(pile));
        }
    }

    /// Lays each row behind those of its pile, whose end moves on; returns the number of the row
    /// after them.
    private int lay(SampleRows rows, IntBuffer pileOf, int first) {
        LongBuffer starts = startsMs;
        for (int i = 0; i < rows.size(); i++) {
            int pile = pileOf.get(first + i);
            int at = ends.get(pile);
            ends.put(pile, at + 1);
            timestampsMs.put(at, rows.timestampMs(i));
            values.put(at, rows.valueBits(i));
            if (starts != null) {
                starts.put(at, Times.startMs(rows.startMs(i)));
            }
        }
        return first + rows.size();
    }

    /// The pile of each row, in the order of the log.
    private IntBuffer deal(List<MetricRecord> records, int total) {
        IntBuffer pileOf = memory.ints(total);
        Group group = null;
        int pile = -1;
        for (MetricRecord record : records) {
            SampleRows rows = record.samples();
            for (int i = 0; i < rows.size(); i++) {
                long day = Math.floorDiv(rows.timestampMs(i), Inserts.DAY_MS);
                if (group == null || group.day != day || !group.tenant.equals(record.tenant())) {
                    group = group(day, record.tenant());
                }
                long id = rows.id(i);
                pile = isPile(pile + 1, group, id) ? pile + 1 : pile(group, id);
                pileSizes.put(pile, pileSizes.get(pile) + 1);
                pileOf.put(size++, pile);
            }
        }
        return pileOf;
    }

    /// Whether a pile is that of this series: senders name theirs in the same order again.
    private boolean isPile(int pile, Group group, long id) {
        return pile < piles && pileIds.get(pile) == id && pileGroups.get(pile) == group.number;
    }

    private Group group(long day, Tenant tenant) {
        for (Group known : groups) {
            if (known.day == day && known.tenant.equals(tenant)) {
                return known;
            }
        }
        Group fresh = new Group(day, tenant, groups.size());
        groups.add(fresh);
        return fresh;
    }

    private int pile(Group group, long id) {
        int slot = slot(group.number, id);
        if (table.get(slot) != 0) {
            return table.get(slot) - 1;
        }
        if (piles == pileIds.capacity()) {
            pileIds = memory.grown(pileIds, piles * 2);
            pileGroups = memory.grown(pileGroups, piles * 2);
            pileSizes = memory.grown(pileSizes, piles * 2);
        }
        pileIds.put(piles, id);
        pileGroups.put(piles, group.number);
        group.piles++;
        table.put(slot, ++piles);
        if (piles * 2 > table.capacity()) {
            grow();
        }
        return piles - 1;
    }

    /// Where a pile stands in the table, or the free place where it would. Ids are hashes already,
    /// but those of one metric begin with the same bits.
    private int slot(int group, long id) {
        int mask = table.capacity() - 1;
        int slot = (int) (id ^ id >>> 32) + group * 0x9E3779B9 & mask;
        for (int pile = table.get(slot); pile != 0; pile = table.get(slot)) {
            if (pileIds.get(pile - 1) == id && pileGroups.get(pile - 1) == group) {
                break;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        table = memory.ints(table.capacity() * 4);
        for (int pile = 0; pile < piles; pile++) {
            table.put(slot(pileGroups.get(pile), pileIds.get(pile)), pile + 1);
        }
    }

    /// The piles by day, tenant and id.
    private IntBuffer ordered() {
        groups.sort(
                Comparator.<Group>comparingLong(group -> group.day)
                        .thenComparing(group -> group.tenant));
        int[] sorted = groups.stream().mapToInt(group -> group.number).toArray();
        return IdOrder.sorted(pileIds, pileGroups, piles, sorted, memory);
    }

    /// The place of each pile's first row; tells the groups where they end.
    private IntBuffer starts() {
        IntBuffer starts = memory.ints(piles);
        int at = 0;
        int next = 0;
        for (Group group : groups) {
            for (int i = 0; i < group.piles; i++) {
                int pile = order.get(next++);
                starts.put(pile, at);
                at += pileSizes.get(pile);
            }
            group.to = at;
        }
        return starts;
    }

    /// Sorts the rows of a pile by time; of two at one time the first in the log stays first. They
    /// nearly always are in order.
    private void sortByTime(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (timestampsMs.get(i) < timestampsMs.get(i - 1)) {
                sortPile(from, to);
                return;
            }
        }
    }

    private void sortPile(int from, int to) {
        Integer[] rows = new Integer[to - from];
        Arrays.setAll(rows, i -> from + i);
        Arrays.sort(rows, Comparator.comparingLong(timestampsMs::get));
        permute(timestampsMs, rows, from);
        permute(values, rows, from);
        if (startsMs != null) {
            permute(startsMs, rows, from);
        }
    }

    private static void permute(LongBuffer column, Integer[] rows, int from) {
        long[] moved = new long[rows.length];
        Arrays.setAll(moved, i -> column.get(rows[i]));
        column.put(from, moved);
    }

    /// Rows in all.
    int size() {
        return size;
    }

    /// Piles in all.
    int piles() {
        return piles;
    }

    /// The series of the pile that stands at `place` in the order of the table.
    long id(int place) {
        return pileIds.get(order.get(place));
    }

    /// Where the rows of that pile end, exclusive.
    int end(int place) {
        return ends.get(order.get(place));
    }

    long timestampMs(int row) {
        return timestampsMs.get(row);
    }

    boolean isStale(int row) {
        return StaleNaN.is(Double.longBitsToDouble(values.get(row)));
    }

    boolean isFinite(int row) {
        return Double.isFinite(Double.longBitsToDouble(values.get(row)));
    }

    /// Timestamps of rows `from` (inclusive) to `to` (exclusive), little endian.
    ByteBuffer timestamps(int from, int to) {
        return timeBytes.slice(from * Long.BYTES, (to - from) * Long.BYTES);
    }

    /// Their values with all their bits, little endian.
    ByteBuffer values(int from, int to) {
        return valueBytes.slice(from * Long.BYTES, (to - from) * Long.BYTES);
    }

    /// The start of a row as the table has it.
    long start(int row) {
        return startsMs == null ? Times.NO_START : startsMs.get(row);
    }

    /// Day of row `row`, since 1970-01-01.
    long day(int row) {
        return Math.floorDiv(timestampsMs.get(row), Inserts.DAY_MS);
    }

    /// Whether any of rows `from` (inclusive) to `to` (exclusive) has a start.
    boolean hasStarts(int from, int to) {
        for (int row = from; startsMs != null && row < to; row++) {
            if (startsMs.get(row) != Times.NO_START) {
                return true;
            }
        }
        return false;
    }

    /// Tells the tenants of blocks `from` (inclusive) to `to` (exclusive), in order, each with the
    /// number of its blocks.
    void tenants(SampleBlocks blocks, int from, int to, ObjIntConsumer<String> sink) {
        int at = from;
        for (Group group : groups) {
            int begin = at;
            while (at < to && blocks.to(at) <= group.to) {
                at++;
            }
            if (at > begin) {
                sink.accept(group.tenant.id(), at - begin);
            }
        }
    }
}
