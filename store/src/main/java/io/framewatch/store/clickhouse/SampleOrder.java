package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.SampleRows;
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
/// order. There may be a million piles of one row: they are columns of numbers, not objects. Not
/// thread safe.
final class SampleOrder {

    /// Days and tenants: few, often one.
    private final List<Group> groups = new ArrayList<>();

    // Piles, in the order of their first row.
    private long[] pileIds = new long[1024];
    private int[] pileGroups = new int[1024];
    private int[] pileSizes = new int[1024];
    private int piles;

    /// Number + 1 of a pile at the place its hash says, or after it; 0 where free.
    private int[] table = new int[4096];

    private int size;

    /// Rows in order.
    final long[] ids;

    final long[] timestampsMs;
    final double[] values;

    /// Starts of the rows as the table has them, null if none is known.
    final long @Nullable [] startsMs;

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

    SampleOrder(List<MetricRecord> records) {
        int total = records.stream().mapToInt(record -> record.samples().size()).sum();
        int[] pileOf = deal(records, total);
        ids = new long[total];
        timestampsMs = new long[total];
        values = new double[total];
        boolean started = records.stream().anyMatch(record -> record.samples().hasStarts());
        startsMs = started ? new long[total] : null;
        int[] ends = starts();
        int row = 0;
        for (MetricRecord record : records) {
            SampleRows rows = record.samples();
            for (int i = 0; i < rows.size(); i++) {
                int at = ends[pileOf[row++]]++;
                ids[at] = rows.id(i);
                timestampsMs[at] = rows.timestampMs(i);
                values[at] = rows.value(i);
                if (startsMs != null) {
                    startsMs[at] = Times.startMs(rows.startMs(i));
                }
            }
        }
        for (int pile = 0; pile < piles; pile++) {
            sortByTime(ends[pile] - pileSizes[pile], ends[pile]);
        }
    }

    /// The pile of each row, in the order of the log.
    private int[] deal(List<MetricRecord> records, int total) {
        int[] pileOf = new int[total];
        Group group = null;
        int pile = -1;
        for (MetricRecord record : records) {
            SampleRows rows = record.samples();
            for (int i = 0; i < rows.size(); i++) {
                long day = Math.floorDiv(rows.timestampMs(i), Inserts.DAY_MS);
                if (group == null || group.day != day || !group.tenant.equals(record.tenant())) {
                    group = group(day, record.tenant());
                }
                pile = isPile(pile + 1, group, rows.id(i)) ? pile + 1 : pile(group, rows.id(i));
                pileSizes[pile]++;
                pileOf[size++] = pile;
            }
        }
        return pileOf;
    }

    /// Whether a pile is that of this series: senders name theirs in the same order again.
    private boolean isPile(int pile, Group group, long id) {
        return pile < piles && pileIds[pile] == id && pileGroups[pile] == group.number;
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
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        if (piles == pileIds.length) {
            pileIds = Arrays.copyOf(pileIds, piles * 2);
            pileGroups = Arrays.copyOf(pileGroups, piles * 2);
            pileSizes = Arrays.copyOf(pileSizes, piles * 2);
        }
        pileIds[piles] = id;
        pileGroups[piles] = group.number;
        group.piles++;
        table[slot] = ++piles;
        if (piles * 2 > table.length) {
            grow();
        }
        return piles - 1;
    }

    /// Where a pile stands in the table, or the free place where it would. Ids are hashes already,
    /// but those of one metric begin with the same bits.
    private int slot(int group, long id) {
        int mask = table.length - 1;
        int slot = (int) (id ^ id >>> 32) + group * 0x9E3779B9 & mask;
        for (int pile = table[slot]; pile != 0; pile = table[slot]) {
            if (pileIds[pile - 1] == id && pileGroups[pile - 1] == group) {
                break;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        table = new int[table.length * 4];
        for (int pile = 0; pile < piles; pile++) {
            table[slot(pileGroups[pile], pileIds[pile])] = pile + 1;
        }
    }

    /// The place of each pile's first row; tells the groups where they end.
    private int[] starts() {
        int[] starts = new int[piles];
        long[][] idsOf = new long[groups.size()][];
        groups.forEach(group -> idsOf[group.number] = new long[group.piles]);
        int[] filled = new int[groups.size()];
        for (int pile = 0; pile < piles; pile++) {
            int group = pileGroups[pile];
            idsOf[group][filled[group]++] = pileIds[pile] ^ Long.MIN_VALUE; // unsigned order
        }
        groups.sort(
                Comparator.<Group>comparingLong(group -> group.day)
                        .thenComparing(group -> group.tenant));
        int at = 0;
        for (Group group : groups) {
            long[] sorted = idsOf[group.number];
            Arrays.sort(sorted);
            for (long id : sorted) {
                int pile = table[slot(group.number, id ^ Long.MIN_VALUE)] - 1;
                starts[pile] = at;
                at += pileSizes[pile];
            }
            group.to = at;
        }
        return starts;
    }

    /// Sorts the rows of a pile by time; of two at one time the first in the log stays first. They
    /// nearly always are in order.
    private void sortByTime(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (timestampsMs[i] < timestampsMs[i - 1]) {
                sortPile(from, to);
                return;
            }
        }
    }

    private void sortPile(int from, int to) {
        Integer[] rows = new Integer[to - from];
        Arrays.setAll(rows, i -> from + i);
        Arrays.sort(rows, Comparator.comparingLong(row -> timestampsMs[row]));
        long[] times = Arrays.copyOfRange(timestampsMs, from, to);
        double[] numbers = Arrays.copyOfRange(values, from, to);
        long[] starts = startsMs == null ? times : Arrays.copyOfRange(startsMs, from, to);
        for (int i = 0; i < rows.length; i++) {
            timestampsMs[from + i] = times[rows[i] - from];
            values[from + i] = numbers[rows[i] - from];
            if (startsMs != null) {
                startsMs[from + i] = starts[rows[i] - from];
            }
        }
    }

    int size() {
        return size;
    }

    /// Day of row `row`, since 1970-01-01.
    long day(int row) {
        return Math.floorDiv(timestampsMs[row], Inserts.DAY_MS);
    }

    /// Whether any of rows `from` (inclusive) to `to` (exclusive) has a start.
    boolean hasStarts(int from, int to) {
        for (int row = from; startsMs != null && row < to; row++) {
            if (startsMs[row] != Times.NO_START) {
                return true;
            }
        }
        return false;
    }

    /// Where the rows of each tenant and day end, exclusive, in order.
    int[] groupEnds() {
        return groups.stream().mapToInt(group -> group.to).toArray();
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
