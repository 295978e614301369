package io.framewatch.wire.proto;

import java.util.Arrays;

/// Bucket counts of a native histogram as they come: each as the difference to the one before, or
/// absolute; packed or one by one. Not thread safe.
public final class BucketCounts {

    private double[] values = new double[8];
    private int size;
    private long running;

    /// Takes the field the cursor stands on as differences.
    public void deltas(ProtoCursor cursor) {
        if (cursor.wireType() != ProtoCursor.BYTES) {
            running += cursor.zigzag();
            add((double) running);
            return;
        }
        int outer = cursor.enter();
        while (cursor.position() < cursor.limit()) {
            running += ProtoCursor.unzigzag(cursor.varint());
            add((double) running);
        }
        cursor.leave(outer);
    }

    /// Takes the field the cursor stands on as absolute numbers.
    public void counts(ProtoCursor cursor) {
        if (cursor.wireType() != ProtoCursor.BYTES) {
            add(cursor.real());
            return;
        }
        int outer = cursor.enter();
        while (cursor.position() < cursor.limit()) {
            add(cursor.rawDouble());
        }
        cursor.leave(outer);
    }

    private void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /// How many there are.
    public int size() {
        return size;
    }

    /// A copy of them.
    public double[] array() {
        return Arrays.copyOf(values, size);
    }
}
