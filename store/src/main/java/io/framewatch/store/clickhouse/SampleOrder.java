package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.SampleRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Puts the samples of many records into the order of the table: by day, tenant, series and time.
///
/// Rows are dealt out to their (day, tenant, series), which keeps the order of the log and needs no
/// comparing; only these piles are sorted, and within a pile only what came out of order. Not
/// thread safe.
final class SampleOrder {

    private final List<Pile> piles = new ArrayList<>();
    private Pile[] table = new Pile[1024];
    private final List<Tenant> tenants = new ArrayList<>();
    private int size;

    /// Rows in order.
    final Tenant[] tenant;

    final long[] ids;
    final long[] timestampsMs;
    final double[] values;

    /// Samples of one series on one day.
    private static final class Pile {
        final long day;
        final Tenant tenant;
        final long id;
        int[] rows = new int[4];
        int count;

        Pile(long day, Tenant tenant, long id) {
            this.day = day;
            this.tenant = tenant;
            this.id = id;
        }

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    SampleOrder(List<MetricRecord> records) {
        int total = records.stream().mapToInt(record -> record.samples().size()).sum();
        long[] times = new long[total];
        double[] numbers = new double[total];
        for (MetricRecord record : records) {
            SampleRows rows = record.samples();
            Tenant own = shared(record.tenant());
            for (int i = 0; i < rows.size(); i++) {
                times[size] = rows.timestampMs(i);
                numbers[size] = rows.value(i);
                pile(Math.floorDiv(times[size], Inserts.DAY_MS), own, rows.id(i)).add(size++);
            }
        }
        piles.sort(
                Comparator.<Pile>comparingLong(pile -> pile.day)
                        .thenComparing(pile -> pile.tenant)
                        .thenComparing((a, b) -> Long.compareUnsigned(a.id, b.id)));
        tenant = new Tenant[total];
        ids = new long[total];
        timestampsMs = new long[total];
        values = new double[total];
        lay(times, numbers);
    }

    /// One object for equal tenants, so that comparing them is quick.
    private Tenant shared(Tenant wanted) {
        int at = tenants.indexOf(wanted);
        if (at < 0) {
            tenants.add(wanted);
            return wanted;
        }
        return tenants.get(at);
    }

    @SuppressWarnings("ReferenceEquality") // tenants are shared objects here, see shared()
    private Pile pile(long day, Tenant own, long id) {
        int mask = table.length - 1;
        int at = (int) (id ^ (id >>> 32) ^ day * 31) & mask;
        for (Pile found = table[at]; found != null; found = table[at]) {
            if (found.id == id && found.day == day && found.tenant == own) {
                return found;
            }
            at = (at + 1) & mask;
        }
        Pile fresh = new Pile(day, own, id);
        table[at] = fresh;
        piles.add(fresh);
        if (piles.size() * 2 > table.length) {
            grow();
        }
        return fresh;
    }

    private void grow() {
        table = new Pile[table.length * 4];
        int mask = table.length - 1;
        for (Pile pile : piles) {
            int at = (int) (pile.id ^ (pile.id >>> 32) ^ pile.day * 31) & mask;
            while (table[at] != null) {
                at = (at + 1) & mask;
            }
            table[at] = pile;
        }
    }

    private void lay(long[] times, double[] numbers) {
        int at = 0;
        for (Pile pile : piles) {
            for (int row : byTime(pile, times)) {
                tenant[at] = pile.tenant;
                ids[at] = pile.id;
                timestampsMs[at] = times[row];
                values[at] = numbers[row];
                at++;
            }
        }
    }

    /// The rows of a pile by time; of two at one time the first in the log stays first.
    private static int[] byTime(Pile pile, long[] times) {
        int[] rows = Arrays.copyOf(pile.rows, pile.count);
        for (int i = 1; i < rows.length; i++) {
            if (times[rows[i]] < times[rows[i - 1]]) {
                return Arrays.stream(rows)
                        .boxed()
                        .sorted(Comparator.comparingLong(row -> times[row]))
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        return rows;
    }

    int size() {
        return size;
    }

    /// Day of row `row`, since 1970-01-01.
    long day(int row) {
        return Math.floorDiv(timestampsMs[row], Inserts.DAY_MS);
    }
}
