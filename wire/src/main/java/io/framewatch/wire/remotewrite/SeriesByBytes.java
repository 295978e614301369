package io.framewatch.wire.remotewrite;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Series by the bytes of their labels as one sender writes them. The bytes are kept and compared,
/// so that a collision of hashes never mixes series. When full it starts anew, which costs one slow
/// request. Not thread safe; belongs to one tenant.
public final class SeriesByBytes {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private record Entry(byte[] bytes, long hash, Series series, @Nullable Entry next) {}

    private final int seriesMax;
    private @Nullable Entry[] table = new Entry[1024];
    private int size;

    /// Remembers at most `seriesMax` series.
    public SeriesByBytes(int seriesMax) {
        this.seriesMax = seriesMax;
    }

    /// Series remembered.
    public int size() {
        return size;
    }

    /// The series of these bytes, or null.
    public @Nullable Series find(byte[] data, int from, int to) {
        long hash = hash(data, from, to);
        for (Entry e = table[slot(hash)]; e != null; e = e.next) {
            if (e.hash == hash && Arrays.equals(e.bytes, 0, e.bytes.length, data, from, to)) {
                return e.series;
            }
        }
        return null;
    }

    /// Remembers the series of these bytes, which [#find] does not know.
    public void put(byte[] data, int from, int to, Series series) {
        if (size >= seriesMax) {
            table = new Entry[1024];
            size = 0;
        }
        if (size >= table.length) {
            grow();
        }
        long hash = hash(data, from, to);
        int slot = slot(hash);
        table[slot] = new Entry(Arrays.copyOfRange(data, from, to), hash, series, table[slot]);
        size++;
    }

    private void grow() {
        @Nullable Entry[] old = table;
        table = new Entry[old.length * 2];
        for (Entry head : old) {
            for (Entry e = head; e != null; e = e.next) {
                int slot = slot(e.hash);
                table[slot] = new Entry(e.bytes, e.hash, e.series, table[slot]);
            }
        }
    }

    private int slot(long hash) {
        return (int) (hash >>> 32 ^ hash) & table.length - 1;
    }

    private static long hash(byte[] data, int from, int to) {
        long hash = (to - from) * FACTOR;
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
        return Math.multiplyHigh(value, FACTOR) ^ value * FACTOR ^ value >>> 29;
    }
}
