package io.framewatch.store.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Float samples in columns. Not thread safe.
public final class SampleRows {

    private long[] ids;
    private long[] timestampsMs;
    private double[] values;
    private int size;
    private long oldestMs = Long.MAX_VALUE;

    /// None yet, with room for `capacity`; they grow as needed.
    SampleRows(int capacity) {
        ids = new long[capacity];
        timestampsMs = new long[capacity];
        values = new double[capacity];
    }

    /// How many.
    public int size() {
        return size;
    }

    /// Adds one.
    public void add(long id, long timestampMs, double value) {
        room(1);
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
        if (size + more > ids.length) {
            int capacity = Math.max(Math.max(16, ids.length * 2), size + more);
            ids = Arrays.copyOf(ids, capacity);
            timestampsMs = Arrays.copyOf(timestampsMs, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }

    /// Series of row `row`.
    public long id(int row) {
        return ids[row];
    }

    /// Timestamp of row `row`, Unix milliseconds.
    public long timestampMs(int row) {
        return timestampsMs[row];
    }

    /// Value of row `row`.
    public double value(int row) {
        return values[row];
    }

    void write(ByteWriter out) {
        out.putInt(size).putLongs(ids, size).putLongs(timestampsMs, size).putDoubles(values, size);
    }

    void read(ByteBuffer in) {
        int more = in.getInt();
        room(more);
        in.asLongBuffer().get(ids, size, more).get(timestampsMs, size, more);
        in.position(in.position() + 2 * more * Long.BYTES);
        in.asDoubleBuffer().get(values, size, more);
        in.position(in.position() + more * Double.BYTES);
        size += more;
    }
}
