package io.framewatch.store.clickhouse;

import java.nio.IntBuffer;

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
    private final FlushMemory memory;

    /// Where each block ends, exclusive.
    private IntBuffer ends;

    /// Where the pile of each block stands.
    private IntBuffer piles;

    private int size;

    SampleBlocks(SampleOrder rows, FlushMemory memory) {
        this.rows = rows;
        this.memory = memory;
        int likely = rows.piles() + rows.size() / SAMPLES_MAX + 16;
        ends = memory.ints(likely);
        piles = memory.ints(likely);
        int from = 0;
        for (int pile = 0; pile < rows.piles(); pile++) {
            from = cut(pile, from, rows.end(pile));
        }
    }

    /// Cuts the rows from `from` to `to`, those of one pile.
    private int cut(int pile, int from, int to) {
        int first = from;
        boolean stale = rows.isStale(from);
        for (int row = from + 1; row < to; row++) {
            if (stale != rows.isStale(row) || row - first == SAMPLES_MAX) {
                end(row, pile);
                first = row;
                stale = rows.isStale(row);
            }
        }
        end(to, pile);
        return to;
    }

    private void end(int row, int pile) {
        if (size == ends.capacity()) {
            ends = memory.grown(ends, size * 2);
            piles = memory.grown(piles, size * 2);
        }
        ends.put(size, row);
        piles.put(size++, pile);
    }

    int size() {
        return size;
    }

    /// First row of `block`.
    int from(int block) {
        return block == 0 ? 0 : ends.get(block - 1);
    }

    /// Behind the last row of `block`.
    int to(int block) {
        return ends.get(block);
    }

    /// The series of `block`.
    long id(int block) {
        return rows.id(piles.get(block));
    }

    int kind(int block) {
        int from = from(block);
        if (rows.isStale(from)) {
            return STALE;
        }
        for (int row = from; row < to(block); row++) {
            if (!rows.isFinite(row)) {
                return ODD;
            }
        }
        return FINITE;
    }
}
