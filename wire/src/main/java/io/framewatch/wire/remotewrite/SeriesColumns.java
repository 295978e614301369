package io.framewatch.wire.remotewrite;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What [SeriesByBytes] has met, in columns, in the order in which it was met first. Senders name
/// their series in one order, so that each column is read from front to back and lies in the
/// processor's cache before it is needed; a million objects would lie anywhere.
///
/// Filled by one thread at a time, read by any: a number is published after what belongs to it.
final class SeriesColumns {

    /// No entry.
    static final int NONE = -1;

    /// What the bytes of a series take beside themselves, bytes.
    static final int KEY_EXTRA_BYTES = 16;

    /// In place of bytes that are not kept.
    static final byte[] NOT_KEPT = {};

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    private static final long START_A;
    private static final long START_B;
    private static final long FACTOR_A;
    private static final long FACTOR_B;

    static {
        SecureRandom random = new SecureRandom();
        START_A = random.nextLong();
        START_B = random.nextLong();
        FACTOR_A = random.nextLong() | 1;
        FACTOR_B = random.nextLong() | 1;
    }

    /// Number + 1 of the entry that came last to the place its hash says.
    private final int[] slots;

    // Of each entry: the one before it at its place, the hash of its bytes, their length, the
    // bytes if they are kept, what they stand for, and number + 1 of the entry met behind it last.
    private final int[] before;
    private final long[] a;
    private final long[] b;
    private final int[] lengths;
    private final byte[][] keys;
    private final @Nullable Series[] series;
    private final int[] followers;

    private int size;
    private long keyBytes;

    /// Columns for `capacity` entries, a power of two.
    SeriesColumns(int capacity) {
        slots = new int[capacity];
        before = new int[capacity];
        a = new long[capacity];
        b = new long[capacity];
        lengths = new int[capacity];
        keys = new byte[capacity][];
        series = new Series[capacity];
        followers = new int[capacity];
    }

    int capacity() {
        return slots.length;
    }

    /// Entries; to be asked by the thread that fills it.
    int size() {
        return size;
    }

    /// What the bytes of an entry stand for.
    @Nullable Series series(int entry) {
        return series[entry];
    }

    /// What the bytes that are kept take; to be asked by the thread that fills it.
    long keyBytes() {
        return keyBytes;
    }

    /// The entry met behind this one last: a guess, and any thread's guess will do.
    int follower(int entry) {
        return (int) INT.getAcquire(followers, entry) - 1;
    }

    /// Another entry was met behind this one.
    void follow(int entry, int follower) {
        INT.setRelease(followers, entry, follower + 1);
    }

    /// The entry of these bytes.
    int find(byte[] data, int from, int to) {
        return find(
                hash(data, from, to, START_A, FACTOR_A), hash(data, from, to, START_B, FACTOR_B));
    }

    private int find(long hashA, long hashB) {
        int entry = (int) INT.getAcquire(slots, (int) hashA & slots.length - 1) - 1;
        while (entry >= 0 && (a[entry] != hashA || b[entry] != hashB)) {
            entry = before[entry];
        }
        return entry;
    }

    /// Where the bytes of `expected` end in `data` if they stand there from `from` on and end
    /// before `limit`; -1 if other bytes do.
    int matched(int expected, byte[] data, int from, int limit) {
        int length = lengths[expected];
        int to = from + length;
        if (length == 0 || to >= limit) {
            return -1;
        }
        byte[] key = keys[expected];
        boolean same =
                key.length > 0
                        ? Arrays.equals(key, 0, key.length, data, from, to)
                        : hash(data, from, to, START_A, FACTOR_A) == a[expected]
                                && hash(data, from, to, START_B, FACTOR_B) == b[expected];
        return same ? to : -1;
    }

    /// Has these bytes lead to `of`; there is room, and no entry has them. `kept` is a copy of the
    /// bytes, or [#NOT_KEPT].
    void add(byte[] data, int from, int to, Series of, byte[] kept) {
        long hashA = hash(data, from, to, START_A, FACTOR_A);
        add(hashA, hash(data, from, to, START_B, FACTOR_B), to - from, of, kept);
    }

    private void add(long hashA, long hashB, int length, Series of, byte[] kept) {
        int entry = size++;
        int slot = (int) hashA & slots.length - 1;
        before[entry] = slots[slot] - 1;
        a[entry] = hashA;
        b[entry] = hashB;
        lengths[entry] = length;
        keys[entry] = kept;
        keyBytes += kept.length > 0 ? kept.length + (long) KEY_EXTRA_BYTES : 0;
        series[entry] = of;
        INT.setRelease(slots, slot, entry + 1);
    }

    /// How many series of these the store has not let go of.
    int living() {
        int living = 0;
        for (int entry = 0; entry < size; entry++) {
            Series of = series[entry];
            living += of == null || of.isLetGo() ? 0 : 1;
        }
        return living;
    }

    /// Columns for `capacity` entries with those that live, in the same order.
    SeriesColumns resized(int capacity) {
        SeriesColumns fresh = new SeriesColumns(capacity);
        int[] moved = new int[size];
        for (int entry = 0; entry < size; entry++) {
            Series of = series[entry];
            if (of != null && !of.isLetGo()) {
                moved[entry] = fresh.size + 1;
                fresh.add(a[entry], b[entry], lengths[entry], of, keys[entry]);
            }
        }
        for (int entry = 0; entry < size; entry++) {
            int follower = follower(entry);
            if (moved[entry] > 0 && follower >= 0) {
                fresh.followers[moved[entry] - 1] = moved[follower];
            }
        }
        return fresh;
    }

    /// Half of a hash of 128 bits, whose keys are drawn at random at each start and never leave the
    /// process.
    private static long hash(byte[] data, int from, int to, long start, long factor) {
        long hash = start ^ to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mixed(hash ^ (long) LONG.get(data, at), factor);
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | data[at] & 0xff;
        }
        return mixed(hash ^ rest, factor);
    }

    private static long mixed(long value, long factor) {
        return Math.multiplyHigh(value, factor) ^ value * factor ^ value >>> 29;
    }
}
