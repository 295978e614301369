package io.framewatch.store.clickhouse;

import io.framewatch.model.StaleNaN;
import java.util.Arrays;

/// Where ordered samples are cut into blocks, the rows of the table: a block holds samples of one
/// series and one day, at most [#SAMPLES_MAX]. Stale markers have blocks of their own, so that a
/// query that wants none leaves them out without a look at the values. Not thread safe.
final class SampleBlocks {

    /// More samples are not read to get at one of them.
    static final int SAMPLES_MAX = 240;

    /// Kind of a block of finite values.
    static final int FINITE = 0;

    /// Kind of a block of stale markers alone.
    static final int STALE = 1;

    /// Kind of a block with an infinity or a number that is none, and no stale marker.
    static final int ODD = 2;

    private final SampleOrder rows;

    /// Where each block ends, exclusive.
    private int[] ends = new int[1024];

    private int size;

    SampleBlocks(SampleOrder rows) {
        this.rows = rows;
        int from = 0;
        for (int groupEnd : rows.groupEnds()) {
            from = cut(from, groupEnd);
        }
    }

    /// Cuts the rows from `from` to `to`, of one tenant and day.
    private int cut(int from, int to) {
        int first = from;
        boolean stale = from < to && StaleNaN.is(rows.values[from]);
        for (int row = from + 1; row < to; row++) {
            boolean alike = stale == StaleNaN.is(rows.values[row]);
            if (!alike || rows.ids[row] != rows.ids[first] || row - first == SAMPLES_MAX) {
                end(row);
                first = row;
                stale = StaleNaN.is(rows.values[row]);
            }
        }
        if (first < to) {
            end(to);
        }
        return to;
    }

    private void end(int row) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size++] = row;
    }

    int size() {
        return size;
    }

    /// First row of `block`.
    int from(int block) {
        return block == 0 ? 0 : ends[block - 1];
    }

    /// Behind the last row of `block`.
    int to(int block) {
        return ends[block];
    }

    int kind(int block) {
        int from = from(block);
        if (StaleNaN.is(rows.values[from])) {
            return STALE;
        }
        for (int row = from; row < ends[block]; row++) {
            if (!Double.isFinite(rows.values[row])) {
                return ODD;
            }
        }
        return FINITE;
    }
}
