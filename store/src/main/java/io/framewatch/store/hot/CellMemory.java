package io.framewatch.store.hot;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Memory outside the heap in cells of [#CELL_BYTES], chained into blocks. A freed cell serves any
/// other series, so nothing is lost to fragmentation; slabs once taken from the system are kept
/// until the window goes. Taking and giving back is thread safe; a cell belongs to one series,
/// whose monitor guards its content.
///
/// The first cell of a block begins with a header:
///
/// | byte | what |
/// |---|---|
/// | 0 | next cell of the block, 0 if none |
/// | 4 | first cell of the block before in time, 0 if none |
/// | 8 | timestamp of its first sample |
/// | 16 | timestamp of its last sample; written when the block is sealed |
/// | 24 | samples, 2 bytes; written when the block is sealed |
/// | 26 | how its values are written, see [Decimals] |
/// | 28 | samples as bits |
///
/// Every other cell has the next one at byte 0 and bits from byte 4.
final class CellMemory {

    /// A cell, bytes: a cache line.
    static final int CELL_BYTES = 64;

    /// No cell.
    static final int NONE = 0;

    static final int FIRST_DATA = 28;
    static final int DATA = 4;

    private static final int SLAB_CELLS_LOG2 = 14;
    private static final int SLAB_CELLS = 1 << SLAB_CELLS_LOG2;

    private static final ValueLayout.OfInt WORD =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofAuto();
    private volatile MemorySegment[] slabs = {};

    // Guarded by this.
    private int firstFree = NONE;
    private int neverUsed = 1;

    private volatile long used;

    /// Bytes in use.
    long usedBytes() {
        return used * CELL_BYTES;
    }

    /// Bytes taken from the system.
    long committedBytes() {
        return (long) slabs.length * SLAB_CELLS * CELL_BYTES;
    }

    /// A cell without a next one.
    synchronized int take() {
        int cell = firstFree;
        if (cell == NONE) {
            if (neverUsed >>> SLAB_CELLS_LOG2 == slabs.length) {
                addSlab();
            }
            cell = neverUsed++;
        } else {
            firstFree = next(cell);
        }
        used++;
        next(cell, NONE);
        return cell;
    }

    private void addSlab() {
        MemorySegment[] more = Arrays.copyOf(slabs, slabs.length + 1);
        try {
            more[slabs.length] = arena.allocate((long) SLAB_CELLS * CELL_BYTES, CELL_BYTES);
        } catch (OutOfMemoryError none) {
            throw new FaultException(
                    Fault.later(
                            "hot_memory",
                            "The hot window got no more memory from the system.",
                            "Lower store.hotMemory, or raise -XX:MaxDirectMemorySize."),
                    none);
        }
        slabs = more;
    }

    /// Takes back a whole block.
    synchronized void give(int block) {
        int last = block;
        int cells = 1;
        for (int next = next(last); next != NONE; next = next(last)) {
            last = next;
            cells++;
        }
        next(last, firstFree);
        firstFree = block;
        used -= cells;
    }

    private MemorySegment slab(int cell) {
        return slabs[cell >>> SLAB_CELLS_LOG2];
    }

    private static long at(int cell) {
        return (long) (cell & SLAB_CELLS - 1) * CELL_BYTES;
    }

    int next(int cell) {
        return slab(cell).get(ValueLayout.JAVA_INT, at(cell));
    }

    void next(int cell, int next) {
        slab(cell).set(ValueLayout.JAVA_INT, at(cell), next);
    }

    int previous(int block) {
        return slab(block).get(ValueLayout.JAVA_INT, at(block) + 4);
    }

    void previous(int block, int previous) {
        slab(block).set(ValueLayout.JAVA_INT, at(block) + 4, previous);
    }

    long firstMs(int block) {
        return slab(block).get(ValueLayout.JAVA_LONG, at(block) + 8);
    }

    long lastMs(int block) {
        return slab(block).get(ValueLayout.JAVA_LONG, at(block) + 16);
    }

    int count(int block) {
        return slab(block).get(ValueLayout.JAVA_SHORT, at(block) + 24);
    }

    int mode(int block) {
        return slab(block).get(ValueLayout.JAVA_BYTE, at(block) + 26);
    }

    /// Writes what is known when a block begins.
    void begin(int block, int previous, long firstMs, int mode) {
        MemorySegment slab = slab(block);
        long at = at(block);
        slab.set(ValueLayout.JAVA_INT, at + 4, previous);
        slab.set(ValueLayout.JAVA_LONG, at + 8, firstMs);
        slab.set(ValueLayout.JAVA_BYTE, at + 26, (byte) mode);
    }

    /// Writes what is known when a block is full.
    void seal(int block, long lastMs, int count) {
        MemorySegment slab = slab(block);
        long at = at(block);
        slab.set(ValueLayout.JAVA_LONG, at + 16, lastMs);
        slab.set(ValueLayout.JAVA_SHORT, at + 24, (short) count);
    }

    /// Adds `bits` to word `word` of a cell; `fresh` if nothing was written there yet.
    void addBits(int cell, int word, int bits, boolean fresh) {
        MemorySegment slab = slab(cell);
        long at = at(cell) + 4L * word;
        slab.set(WORD, at, fresh ? bits : slab.get(WORD, at) | bits);
    }

    /// Copies the bits of a block to `into`, from its start.
    void copyData(int block, byte[] into) {
        int filled = 0;
        int from = FIRST_DATA;
        for (int cell = block; cell != NONE; cell = next(cell)) {
            int bytes = CELL_BYTES - from;
            MemorySegment.copy(
                    slab(cell), ValueLayout.JAVA_BYTE, at(cell) + from, into, filled, bytes);
            filled += bytes;
            from = DATA;
        }
    }
}
