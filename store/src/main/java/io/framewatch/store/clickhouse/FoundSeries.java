package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import java.util.Arrays;
import java.util.BitSet;

/// Series that were found, in no particular order. Not thread safe while it grows.
public final class FoundSeries {

    /// Number + 1 of a series at the place its id says, or after it; 0 where free.
    private int[] table = new int[64];

    private int size;
    private long[] ids = new long[16];
    private Labels[] labels = new Labels[16];
    private final BitSet histograms = new BitSet();

    void add(long id, Labels own, boolean hasHistograms) {
        int slot = slot(id);
        if (table[slot] != 0) {
            return;
        }
        int row = size++;
        table[slot] = size;
        if (row == ids.length) {
            ids = Arrays.copyOf(ids, row * 2);
            labels = Arrays.copyOf(labels, row * 2);
        }
        ids[row] = id;
        labels[row] = own;
        histograms.set(row, hasHistograms);
        if (size * 2 > table.length) {
            grow();
        }
    }

    /// Ids are hashes already, but those of one metric begin with the same bits.
    private int slot(long id) {
        int mask = table.length - 1;
        int slot = (int) (id ^ id >>> 32) & mask;
        while (table[slot] != 0 && ids[table[slot] - 1] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        table = new int[table.length * 4];
        for (int row = 0; row < size; row++) {
            table[slot(ids[row])] = row + 1;
        }
    }

    /// How many.
    public int size() {
        return size;
    }

    /// The number of a series, or -1 if it is not among them.
    public int row(long id) {
        return table[slot(id)] - 1;
    }

    /// Id of series `row`.
    public long id(int row) {
        return ids[row];
    }

    /// Labels of series `row`.
    public Labels labels(int row) {
        return labels[row];
    }

    /// Whether series `row` has native histograms in the range.
    public boolean hasHistograms(int row) {
        return histograms.get(row);
    }

    /// All ids.
    public long[] ids() {
        return Arrays.copyOf(ids, size());
    }

    /// The ids of those with native histograms, or of those without.
    public long[] ids(boolean withHistograms) {
        long[] some = new long[size()];
        int count = 0;
        for (int row = 0; row < size(); row++) {
            if (histograms.get(row) == withHistograms) {
                some[count++] = ids[row];
            }
        }
        return Arrays.copyOf(some, count);
    }

    /// Whether any has native histograms.
    public boolean anyHistograms() {
        return !histograms.isEmpty();
    }
}
