package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Series that were found, in no particular order. Not thread safe while it grows.
public final class FoundSeries {

    private final Map<Long, Integer> rows = new HashMap<>();
    private long[] ids = new long[16];
    private Labels[] labels = new Labels[16];
    private final BitSet histograms = new BitSet();

    void add(long id, Labels own, boolean hasHistograms) {
        int row = rows.size();
        if (rows.putIfAbsent(id, row) != null) {
            return;
        }
        if (row == ids.length) {
            ids = Arrays.copyOf(ids, row * 2);
            labels = Arrays.copyOf(labels, row * 2);
        }
        ids[row] = id;
        labels[row] = own;
        histograms.set(row, hasHistograms);
    }

    /// How many.
    public int size() {
        return rows.size();
    }

    /// The number of a series, or -1 if it is not among them.
    public int row(long id) {
        return rows.getOrDefault(id, -1);
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
