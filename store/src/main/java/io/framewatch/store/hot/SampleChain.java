package io.framewatch.store.hot;

/// The float samples of one series, compressed: blocks of bits, chained from the newest to the
/// oldest. Only the newest block is open; how far it is written stands in the fields here. A sample
/// that comes late, or is taken back, has its block written anew. Guarded by the series' monitor.
///
/// A timestamp is written as the change of its distance to the one before (as Gorilla does,
/// Pelkonen and others, VLDB 2015): `0` if there is none, else `10`, `110`, `1110` or `1111` and 7,
/// 14, 20 or 34 bits. A value is written as the difference of whole numbers, see [Decimals]: `0` if
/// it is the same difference as before, `10` and the bits of the difference in the width used last,
/// or `11`, a new width in 6 bits, and the difference. Width 0 is followed by the 64 bits of a
/// value that is no number. Where whole numbers do not do, the value is written as Gorilla does:
/// `0`, `10` and the changed bits within the window used last, `11` with a new window.
class SampleChain {

    /// Bits behind each prefix of a timestamp.
    static final int[] TIME_BITS = {0, 7, 14, 20, 34};

    /// The width that announces a value as it is.
    static final int WIDTH_RAW = 0;

    /// Cells of a block.
    static final int CELLS_MAX = 8;

    /// Samples of a block.
    static final int COUNT_MAX = 480;

    static final int BLOCK_BYTES_MAX =
            CellMemory.CELL_BYTES
                    - CellMemory.FIRST_DATA
                    + (CELLS_MAX - 1) * (CellMemory.CELL_BYTES - CellMemory.DATA);

    private static final int CELL_BITS = CellMemory.CELL_BYTES * 8;
    private static final int CELL_DATA_BITS = CELL_BITS - CellMemory.DATA * 8;

    /// A narrower width is announced only if it saves more than the announcement costs.
    private static final int WIDTH_SLACK = 6;

    private static final int WINDOW_SLACK = 11;

    private final CellMemory memory;

    /// First cell of the newest block.
    private int newest = CellMemory.NONE;

    /// Last cell of the newest block and the next bit in it.
    private int tail;

    private short tailBit;
    private byte cells;
    private short count;
    private byte mode;

    // The sample written last.
    private byte width;
    private byte leading;
    private boolean lastRaw;
    private int lastDelta;
    private long lastMs;
    private long lastValue;
    private long lastValueDelta;

    SampleChain(CellMemory memory) {
        this.memory = memory;
    }

    final boolean isEmpty() {
        return newest == CellMemory.NONE;
    }

    /// Timestamp of the newest sample; there must be one.
    final long lastMs() {
        return lastMs;
    }

    /// Timestamp of the oldest sample; there must be one.
    final long firstMs() {
        return memory.firstMs(oldest());
    }

    /// Whether the newest sample is certain to have this value.
    final boolean lastIs(double value) {
        return !lastRaw
                && (mode == Decimals.XOR
                        ? lastValue == Double.doubleToRawLongBits(value)
                        : lastValue == Decimals.scaled(value, mode));
    }

    /// Adds a sample behind the newest.
    final void append(long ms, double value) {
        append(ms, value, 0);
    }

    private void append(long ms, double value, int modeFloor) {
        if (isEmpty()) {
            begin(ms, Decimals.mode(value, modeFloor));
            write(ms, value, whole(value));
            return;
        }
        long whole = whole(value);
        if (whole == Decimals.NONE && mode != Decimals.XOR && !Decimals.isSpecial(value)) {
            HotReader open = new HotReader();
            load(newest, open);
            open.insert(open.size(), ms, value);
            rewrite(newest, open);
        } else if (!write(ms, value, whole)) {
            int inherited = mode == Decimals.XOR ? 0 : mode;
            seal();
            begin(ms, Decimals.mode(value, Math.max(inherited, modeFloor)));
            write(ms, value, whole(value));
        }
    }

    private long whole(double value) {
        return mode == Decimals.XOR ? Decimals.NONE : Decimals.scaled(value, mode);
    }

    private void begin(long ms, int blockMode) {
        int block = memory.take();
        memory.begin(block, newest, ms, blockMode);
        newest = block;
        tail = block;
        tailBit = CellMemory.FIRST_DATA * 8;
        cells = 1;
        count = 0;
        mode = (byte) blockMode;
        width = 0;
        leading = 0;
        lastRaw = false;
        lastDelta = 0;
        lastMs = ms;
        lastValue = 0;
        lastValueDelta = 0;
    }

    private void seal() {
        if (!isEmpty()) {
            memory.seal(newest, lastMs, count);
        }
    }

    /// False if the sample does not fit into the newest block.
    private boolean write(long ms, double value, long whole) {
        long delta = ms - lastMs;
        if (count == COUNT_MAX || delta > Integer.MAX_VALUE) {
            return false;
        }
        long change = zigzag(delta - lastDelta);
        long bits = Double.doubleToRawLongBits(value);
        boolean written;
        if (mode == Decimals.XOR) {
            written = writeXor(change, bits);
        } else {
            written =
                    whole == Decimals.NONE
                            ? put(change, 0b11 << 6 | WIDTH_RAW, 8, bits, 64)
                            : writeWhole(change, whole);
            lastRaw = written ? whole == Decimals.NONE : lastRaw;
        }
        if (written) {
            count++;
            lastDelta = (int) delta;
            lastMs = ms;
        }
        return written;
    }

    private boolean writeWhole(long change, long whole) {
        long delta = whole - lastValue;
        long coded = zigzag(delta);
        int needed = Math.max(1, 64 - Long.numberOfLeadingZeros(coded));
        boolean written;
        if (delta == lastValueDelta) {
            written = put(change, 0, 1, 0, 0);
        } else if (needed <= width && width - needed <= WIDTH_SLACK) {
            written = put(change, 0b10, 2, coded, width);
        } else {
            written = put(change, 0b11 << 6 | needed, 8, coded, needed);
            width = written ? (byte) needed : width;
        }
        if (written) {
            lastValue = whole;
            lastValueDelta = delta;
        }
        return written;
    }

    private boolean writeXor(long change, long bits) {
        long xor = bits ^ lastValue;
        if (xor == 0) {
            return put(change, 0, 1, 0, 0);
        }
        int zeros = Math.min(31, Long.numberOfLeadingZeros(xor));
        int behind = Long.numberOfTrailingZeros(xor);
        int needed = 64 - zeros - behind;
        int windowBehind = 64 - leading - width;
        boolean written;
        if (width > 0
                && zeros >= leading
                && behind >= windowBehind
                && width - needed <= WINDOW_SLACK) {
            written = put(change, 0b10, 2, xor >>> windowBehind, width);
        } else {
            int control = (0b11 << 5 | zeros) << 6 | needed - 1;
            written = put(change, control, 13, xor >>> behind, needed);
            if (written) {
                leading = (byte) zeros;
                width = (byte) needed;
            }
        }
        if (written) {
            lastValue = bits;
        }
        return written;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /// Writes a timestamp, except that of the block's first sample, and a value; false if both do
    /// not fit.
    private boolean put(long change, int control, int controlBits, long value, int valueBits) {
        long head = control;
        int headBits = controlBits;
        if (count > 0) {
            int ones = 0;
            while (change >>> TIME_BITS[ones] != 0) {
                ones++;
            }
            int timeBits = Math.min(4, ones + 1) + TIME_BITS[ones];
            long prefix = ones == 4 ? 0b1111 : (1L << ones + 1) - 2;
            head |= (prefix << TIME_BITS[ones] | change) << controlBits;
            headBits += timeBits;
        }
        int room = CELL_BITS - tailBit + (CELLS_MAX - cells) * CELL_DATA_BITS;
        if (headBits + valueBits > room) {
            return false;
        }
        if (headBits + valueBits > CELL_BITS - tailBit && memory.next(tail) == CellMemory.NONE) {
            // Before anything is written: there may be no more memory.
            memory.next(tail, memory.take());
        }
        if (headBits + valueBits <= 64) {
            put(head << valueBits | value, headBits + valueBits);
        } else {
            put(head, headBits);
            put(value, valueBits);
        }
        return true;
    }

    private void put(long value, int bits) {
        int left = bits;
        while (left > 0) {
            if (tailBit == CELL_BITS) {
                tail = memory.next(tail);
                tailBit = CellMemory.DATA * 8;
                cells++;
            }
            int free = 32 - (tailBit & 31);
            int now = Math.min(left, free);
            int part = (int) (value >>> left - now) & -1 >>> 32 - now;
            memory.addBits(tail, tailBit >>> 5, part << free - now, free == 32);
            tailBit += (short) now;
            left -= now;
        }
    }

    /// Puts all samples of `older`, which are older than those here, before these, and takes its
    /// blocks over.
    final void prepend(SampleChain older) {
        if (isEmpty()) {
            resume(older);
        } else if (!older.isEmpty()) {
            older.seal();
            memory.previous(oldest(), older.newest);
        }
    }

    private int oldest() {
        int block = newest;
        for (int older = memory.previous(block);
                older != CellMemory.NONE;
                older = memory.previous(block)) {
            block = older;
        }
        return block;
    }

    private int count(int block) {
        return block == newest ? count : memory.count(block);
    }

    private long lastMs(int block) {
        return block == newest ? lastMs : memory.lastMs(block);
    }

    /// The block that a sample at `ms` lies in or belongs into; there must be one.
    final int blockOf(long ms) {
        int block = newest;
        while (memory.firstMs(block) > ms && memory.previous(block) != CellMemory.NONE) {
            block = memory.previous(block);
        }
        return block;
    }

    /// Reads a whole block.
    final void load(int block, HotReader into) {
        into.clear(count(block) + 1);
        into.read(memory, block, count(block), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// Reads the samples from `fromMs` to `toMs`, both included.
    final void load(long fromMs, long toMs, HotReader into) {
        int samples = 0;
        int blocks = 0;
        int last = CellMemory.NONE;
        for (int block = newest; block != CellMemory.NONE; block = memory.previous(block)) {
            if (lastMs(block) < fromMs) {
                break;
            }
            if (memory.firstMs(block) <= toMs) {
                last = last == CellMemory.NONE ? block : last;
                samples += count(block);
                blocks++;
            }
        }
        into.clear(samples);
        int[] inOrder = new int[blocks];
        for (int block = last; blocks > 0; block = memory.previous(block)) {
            inOrder[--blocks] = block;
        }
        for (int block : inOrder) {
            into.read(memory, block, count(block), fromMs, toMs);
        }
    }

    /// Whether a sample lies from `fromMs` to `toMs`, both included.
    final boolean touches(long fromMs, long toMs) {
        for (int block = newest; block != CellMemory.NONE; block = memory.previous(block)) {
            long first = memory.firstMs(block);
            long last = lastMs(block);
            if (last < fromMs) {
                return false;
            }
            if (first >= fromMs && first <= toMs || last <= toMs) {
                return true;
            }
            if (first < fromMs && last > toMs) {
                HotReader reader = new HotReader();
                load(fromMs, toMs, reader);
                return reader.size() > 0;
            }
        }
        return false;
    }

    /// Writes a block anew with what `content` has; with nothing, the block goes.
    final void rewrite(int block, HotReader content) {
        int size = content.size();
        SampleChain fresh = new SampleChain(memory);
        fresh.appendAll(content, 0, size);
        if (size > 0 && memory.previous(fresh.newest) != CellMemory.NONE) {
            // Halves, so that the next late samples find room in both.
            fresh.clear();
            fresh.appendAll(content, 0, size / 2);
            SampleChain half = new SampleChain(memory);
            half.appendAll(content, size / 2, size);
            fresh.seal();
            memory.previous(half.oldest(), fresh.newest);
            fresh.resume(half);
        }
        replace(block, fresh);
    }

    private void appendAll(HotReader content, int from, int to) {
        int floor = Decimals.mode(content.values(), from, to, 0);
        for (int i = from; i < to; i++) {
            append(content.timestampMs(i), content.value(i), floor);
        }
    }

    private void replace(int block, SampleChain with) {
        int older = memory.previous(block);
        if (!with.isEmpty()) {
            memory.previous(with.oldest(), older);
        }
        if (block == newest) {
            if (with.isEmpty()) {
                resumeSealed(older);
            } else {
                resume(with);
            }
        } else {
            int newer = newest;
            while (memory.previous(newer) != block) {
                newer = memory.previous(newer);
            }
            with.seal();
            memory.previous(newer, with.isEmpty() ? older : with.newest);
        }
        memory.give(block);
    }

    /// Goes on where `other` is.
    private void resume(SampleChain other) {
        newest = other.newest;
        tail = other.tail;
        tailBit = other.tailBit;
        cells = other.cells;
        count = other.count;
        mode = other.mode;
        width = other.width;
        leading = other.leading;
        lastRaw = other.lastRaw;
        lastDelta = other.lastDelta;
        lastMs = other.lastMs;
        lastValue = other.lastValue;
        lastValueDelta = other.lastValueDelta;
    }

    /// Goes on behind a sealed block: the next sample begins a new one.
    private void resumeSealed(int block) {
        newest = block;
        if (block != CellMemory.NONE) {
            lastMs = memory.lastMs(block);
            count = (short) memory.count(block);
            mode = (byte) memory.mode(block);
            cells = CELLS_MAX;
            tailBit = CELL_BITS;
            lastRaw = true;
        }
    }

    /// Forgets samples before `ms`; some may stay where a block reaches from before `ms` to after
    /// it, half of its time at most.
    final void forgetBefore(long ms) {
        int newer = CellMemory.NONE;
        int block = newest;
        while (block != CellMemory.NONE && lastMs(block) >= ms) {
            newer = block;
            block = memory.previous(block);
        }
        giveFrom(block);
        if (newer == CellMemory.NONE) {
            newest = CellMemory.NONE;
            return;
        }
        memory.previous(newer, CellMemory.NONE);
        long first = memory.firstMs(newer);
        long span = lastMs(newer) - first;
        if (ms > first && ms - first >= span - span / 2) {
            HotReader content = new HotReader();
            load(newer, content);
            content.remove(0, content.position(ms));
            rewrite(newer, content);
        }
    }

    private void giveFrom(int newestToGive) {
        for (int block = newestToGive; block != CellMemory.NONE; ) {
            int older = memory.previous(block);
            memory.give(block);
            block = older;
        }
    }

    /// Forgets everything.
    final void clear() {
        giveFrom(newest);
        newest = CellMemory.NONE;
    }
}
