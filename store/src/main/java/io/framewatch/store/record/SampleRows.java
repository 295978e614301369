package io.framewatch.store.record;

import io.framewatch.model.SampleBatch;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Float samples in columns. Not thread safe.
public final class SampleRows {

    private long[] ids;
    private long[] timestampsMs;
    private double[] values;
    private long @Nullable [] startsMs;

    /// Where rows that are read lie, if they are not copied: ids, then timestamps, then values.
    private @Nullable LongBuffer lent;

    private final boolean isLent;
    private int size;
    private long oldestMs = Long.MAX_VALUE;

    /// None yet, with room for `capacity`; they grow as needed.
    SampleRows(int capacity) {
        this(capacity, false);
    }

    /// None yet, which [#read] leaves where they are instead of copying them.
    static SampleRows lent() {
        return new SampleRows(0, true);
    }

    private SampleRows(int capacity, boolean isLent) {
        this.isLent = isLent;
        ids = new long[capacity];
        timestampsMs = new long[capacity];
        values = new double[capacity];
    }

    /// How many.
    public int size() {
        return size;
    }

    /// Adds one whose start is unknown.
    public void add(long id, long timestampMs, double value) {
        add(id, timestampMs, value, SampleBatch.NO_START);
    }

    /// Adds one.
    ///
    /// @param startMs when the counting behind it began, [SampleBatch#NO_START] if unknown
    public void add(long id, long timestampMs, double value, long startMs) {
        room(1);
        if (startMs != SampleBatch.NO_START) {
            start(size, startMs);
        }
        ids[size] = id;
        timestampsMs[size] = timestampMs;
        values[size] = value;
        oldestMs = Math.min(oldestMs, timestampMs);
        size++;
    }

    /// Timestamp of the oldest that was added, Unix milliseconds; `Long.MAX_VALUE` if none was.
    long oldestMs() {
        return oldestMs;
    }

    private void room(int more) {
        if (isLent) {
            throw new IllegalStateException("rows that were read without copying stay as they are");
        }
        if (size + more > ids.length) {
            int capacity = Math.max(Math.max(16, ids.length * 2), size + more);
            ids = Arrays.copyOf(ids, capacity);
            timestampsMs = Arrays.copyOf(timestampsMs, capacity);
            values = Arrays.copyOf(values, capacity);
            if (startsMs != null) {
                startsMs = withUnknown(startsMs, capacity);
            }
        }
    }

    private static long[] withUnknown(long[] startsMs, int capacity) {
        long[] all = Arrays.copyOf(startsMs, capacity);
        Arrays.fill(all, startsMs.length, capacity, SampleBatch.NO_START);
        return all;
    }

    private void start(int row, long startMs) {
        if (startsMs == null) {
            startsMs = withUnknown(new long[0], Math.max(size, ids.length));
        }
        startsMs[row] = startMs;
    }

    /// Whether any has a start.
    public boolean hasStarts() {
        return startsMs != null;
    }

    /// When the counting behind row `row` began, Unix milliseconds, or [SampleBatch#NO_START].
    public long startMs(int row) {
        return startsMs == null ? SampleBatch.NO_START : startsMs[row];
    }

    /// Series of row `row`.
    public long id(int row) {
        return lent == null ? ids[row] : lent.get(row);
    }

    /// Timestamp of row `row`, Unix milliseconds.
    public long timestampMs(int row) {
        return lent == null ? timestampsMs[row] : lent.get(size + row);
    }

    /// Value of row `row`.
    public double value(int row) {
        return lent == null ? values[row] : Double.longBitsToDouble(lent.get(2 * size + row));
    }

    /// Its bits.
    public long valueBits(int row) {
        return lent == null ? Double.doubleToRawLongBits(values[row]) : lent.get(2 * size + row);
    }

    void write(ByteWriter out) {
        out.putInt(size).putLongs(ids, size).putLongs(timestampsMs, size).putDoubles(values, size);
    }

    void read(ByteBuffer in) {
        int more = in.getInt();
        if (isLent) {
            lent = in.asLongBuffer().slice(0, 3 * more);
            in.position(in.position() + 3 * more * Long.BYTES);
            size = more;
            return;
        }
        room(more);
        in.asLongBuffer().get(ids, size, more).get(timestampsMs, size, more);
        in.position(in.position() + 2 * more * Long.BYTES);
        in.asDoubleBuffer().get(values, size, more);
        in.position(in.position() + more * Double.BYTES);
        size += more;
    }

    /// Writes the starts that are known, each with its row.
    void writeStarts(ByteWriter out) {
        int known = 0;
        for (int row = 0; row < size; row++) {
            known += startMs(row) == SampleBatch.NO_START ? 0 : 1;
        }
        out.putInt(known);
        for (int row = 0; row < size && known > 0; row++) {
            if (startMs(row) != SampleBatch.NO_START) {
                out.putInt(row).putLong(startMs(row));
            }
        }
    }

    void readStarts(ByteBuffer in) {
        for (int n = in.getInt(); n > 0; n--) {
            start(in.getInt(), in.getLong());
        }
    }
}
