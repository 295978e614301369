package io.framewatch.ingest.scrape;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one target's series are, by the bytes that name them in its exposition. Also knows which
/// were there last time. Names are numbered in the order in which they came first, and lie behind
/// one another in that order: an exposition mostly names the same series in the same order, so that
/// the name expected next is compared before any is looked up. Not thread safe.
final class SeriesCache {

    /// No such name.
    static final int NONE = -1;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FORGET_AFTER_SCRAPES = 10;

    private static final byte TRACKED = 1;
    private static final byte LIVE = 2;

    /// The names, and where each ends.
    private byte[] keys = new byte[1024];

    private int[] ends = new int[16];
    private long[] hashes = new long[16];

    /// The series of each name, null if relabelling drops it.
    private @Nullable Series[] series = new Series[16];

    /// The scrape in which each was seen last.
    private int[] seen = new int[16];

    private byte[] flags = new byte[16];
    private int size;

    /// Number + 1 of a name at the place its hash says, or after it; 0 where free.
    private int[] table = new int[64];

    /// The name expected next.
    private int next;

    private int scrape;
    private int live;
    private int added;

    /// Starts a scrape.
    void begin() {
        scrape++;
        added = 0;
        next = 0;
    }

    /// Series first seen in this scrape.
    int added() {
        return added;
    }

    /// Names kept.
    int size() {
        return size;
    }

    /// Series that were there in the latest scrape.
    int live() {
        return live;
    }

    /// The series of name `number`, or null if relabelling drops it.
    @Nullable Series series(int number) {
        return series[number];
    }

    /// The name expected next, or [#NONE] if there is none or other bytes stand at `at`. It may be
    /// the beginning of a longer one.
    int expected(byte[] data, int at, int end) {
        int number = next;
        if (number >= size) {
            return NONE;
        }
        int from = start(number);
        int length = ends[number] - from;
        boolean same =
                length <= end - at
                        && Arrays.equals(data, at, at + length, keys, from, ends[number]);
        return same ? number : NONE;
    }

    /// Bytes of a name.
    int length(int number) {
        return ends[number] - start(number);
    }

    /// The last byte of a name.
    byte lastByte(int number) {
        return keys[ends[number] - 1];
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /// The number of a name seen before, or [#NONE].
    int find(byte[] data, int from, int to) {
        int expected = expected(data, from, to);
        if (expected != NONE && length(expected) == to - from) {
            return expected;
        }
        return table[slot(hash(data, from, to), data, from, to)] - 1;
    }

    /// Where a name stands in the table, or the free place where it would.
    private int slot(long hash, byte[] data, int from, int to) {
        int mask = table.length - 1;
        int slot = (int) (hash >>> 32 ^ hash) & mask;
        for (int number = table[slot] - 1; number >= 0; number = table[slot] - 1) {
            if (hashes[number] == hash
                    && Arrays.equals(keys, start(number), ends[number], data, from, to)) {
                break;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /// Remembers a new name and answers its number.
    int put(byte[] data, int from, int to, @Nullable Series of) {
        if (2 * size >= table.length) {
            fillTable(table.length * 2);
        }
        long hash = hash(data, from, to);
        table[slot(hash, data, from, to)] = size + 1;
        added += of == null ? 0 : 1;
        return add(data, from, to, hash, of);
    }

    private int add(byte[] data, int from, int to, long hash, @Nullable Series of) {
        int begin = start(size);
        int end = Math.addExact(begin, to - from);
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(Integer.MAX_VALUE - 8, end + end / 2L));
        }
        if (size == ends.length) {
            int room = size + size / 2;
            ends = Arrays.copyOf(ends, room);
            hashes = Arrays.copyOf(hashes, room);
            series = Arrays.copyOf(series, room);
            seen = Arrays.copyOf(seen, room);
            flags = Arrays.copyOf(flags, room);
        }
        System.arraycopy(data, from, keys, begin, to - from);
        ends[size] = end;
        hashes[size] = hash;
        series[size] = of;
        seen[size] = 0;
        flags[size] = 0;
        return size++;
    }

    private void fillTable(int slots) {
        table = new int[slots];
        for (int number = 0; number < size; number++) {
            int slot = slot(hashes[number], keys, start(number), ends[number]);
            table[slot] = number + 1;
        }
    }

    /// Notes that a name stands in this scrape, and expects the one behind it next; `tracked` is
    /// whether it is to be marked stale when it is gone.
    void see(int number, boolean tracked) {
        seen[number] = scrape;
        flags[number] = (byte) (flags[number] & LIVE | (tracked ? TRACKED : 0));
        next = number + 1;
    }

    /// Ends a scrape that worked: answers the series that were there before and are gone now.
    List<Series> commit() {
        List<Series> gone = new ArrayList<>();
        int forgotten = 0;
        live = 0;
        for (int number = 0; number < size; number++) {
            Series of = series[number];
            boolean now = seen[number] == scrape && (flags[number] & TRACKED) != 0 && of != null;
            if (!now && of != null && (flags[number] & LIVE) != 0) {
                gone.add(of);
            }
            flags[number] = (byte) (flags[number] & TRACKED | (now ? LIVE : 0));
            live += now ? 1 : 0;
            forgotten += isForgotten(number) ? 1 : 0;
        }
        if (forgotten > 1000 || forgotten > size / 2) {
            forget();
        }
        return gone;
    }

    /// Ends a scrape that failed, or the target: answers all series that were there.
    List<Series> fail() {
        List<Series> gone = new ArrayList<>();
        live = 0;
        for (int number = 0; number < size; number++) {
            Series of = series[number];
            if (of != null && (flags[number] & LIVE) != 0) {
                gone.add(of);
            }
            flags[number] &= TRACKED;
        }
        return gone;
    }

    private boolean isForgotten(int number) {
        return (flags[number] & LIVE) == 0 && scrape - seen[number] > FORGET_AFTER_SCRAPES;
    }

    /// Moves what is kept together.
    private void forget() {
        int all = size;
        int from = 0;
        size = 0;
        for (int number = 0; number < all; number++) {
            int to = ends[number];
            if (!isForgotten(number)) {
                int lastSeen = seen[number];
                byte flag = flags[number];
                int kept = add(keys, from, to, hashes[number], series[number]);
                seen[kept] = lastSeen;
                flags[kept] = flag;
            }
            from = to;
        }
        Arrays.fill(series, size, all, null);
        fillTable(table.length);
    }

    /// Eight bytes at a time, multiplied and folded; good spread, no protection against collisions
    /// made on purpose, which cost time only, as keys are compared.
    private static long hash(byte[] data, int from, int to) {
        long hash = (to - from) * 0x9E3779B97F4A7C15L;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash ^ (long) LONG.get(data, at));
        }
        long tail = 0;
        for (; at < to; at++) {
            tail = tail << 8 | data[at] & 0xff;
        }
        return mix(hash ^ tail);
    }

    private static long mix(long value) {
        long high = Math.multiplyHigh(value, 0xD6E8FEB86659FD93L);
        return high ^ value * 0xD6E8FEB86659FD93L ^ value >>> 29;
    }
}
