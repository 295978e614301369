package io.framewatch.wire.remotewrite;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// Series by the bytes of their labels as senders write them. When full it starts anew, which costs
/// slow requests until it has met all series again. Thread safe, so that all requests of a tenant
/// share what they have met; belongs to one tenant.
///
/// The bytes themselves are not kept, which at a million series would take hundreds of megabytes,
/// but 128 bits of a hash whose keys are drawn at random at each start and never leave the process.
/// That two of a million series share all of them happens once in 10^26 starts.
public final class SeriesByBytes {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS_MIN = 1024;

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

    /// All fields final: who finds one without a lock finds it whole.
    private record Entry(long a, long b, Series series, @Nullable Entry next) {}

    private final int seriesMax;

    /// Replaced and filled by one thread at a time, read by any: who reads an old one or misses an
    /// entry only asks the store once more.
    private volatile @Nullable Entry[] table = new Entry[SLOTS_MIN];

    private int size;

    /// Remembers at most `seriesMax` series.
    public SeriesByBytes(int seriesMax) {
        this.seriesMax = seriesMax;
    }

    /// Series remembered.
    public synchronized int size() {
        return size;
    }

    /// The series of these bytes, or null.
    public @Nullable Series find(byte[] data, int from, int to) {
        return at(data, from, to, null);
    }

    /// Remembers the series of these bytes.
    public void put(byte[] data, int from, int to, Series series) {
        at(data, from, to, series);
    }

    /// Finds the series of these bytes, or has them lead to `added`: one place for the hash, whose
    /// two halves never leave the stack.
    private @Nullable Series at(byte[] data, int from, int to, @Nullable Series added) {
        long a = START_A ^ to - from;
        long b = START_B;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONG.get(data, at);
            a = mixed(a ^ word, FACTOR_A);
            b = mixed(b ^ word, FACTOR_B);
        }
        long rest = rest(data, at, to);
        a = mixed(a ^ rest, FACTOR_A);
        b = mixed(b ^ rest, FACTOR_B);
        if (added == null) {
            return find(a, b);
        }
        put(a, b, added);
        return added;
    }

    private @Nullable Series find(long a, long b) {
        Entry entry = entry(table, a, b);
        return entry == null ? null : entry.series;
    }

    private static @Nullable Entry entry(@Nullable Entry[] entries, long a, long b) {
        Entry entry = entries[(int) a & entries.length - 1];
        while (entry != null && (entry.a != a || entry.b != b)) {
            entry = entry.next;
        }
        return entry;
    }

    private synchronized void put(long a, long b, Series series) {
        @Nullable Entry[] entries = table;
        if (entry(entries, a, b) != null) {
            return;
        }
        if (size >= Math.min(seriesMax, entries.length)) {
            entries = withRoom(entries);
        }
        int slot = (int) a & entries.length - 1;
        entries[slot] = new Entry(a, b, series, entries[slot]);
        size++;
        table = entries;
    }

    /// A table without the series that the store has let go of: as large as `old` if that leaves a
    /// quarter free, twice as large if not, and empty if it would hold too many.
    private @Nullable Entry[] withRoom(@Nullable Entry[] old) {
        int living = 0;
        for (Entry head : old) {
            for (Entry e = head; e != null; e = e.next) {
                living += e.series.isLetGo() ? 0 : 1;
            }
        }
        size = 0;
        if (living > seriesMax - seriesMax / 4) {
            return new Entry[SLOTS_MIN];
        }
        @Nullable Entry[] entries =
                new Entry[living > old.length - old.length / 4 ? old.length * 2 : old.length];
        for (Entry head : old) {
            for (Entry e = head; e != null; e = e.next) {
                if (!e.series.isLetGo()) {
                    int slot = (int) e.a & entries.length - 1;
                    entries[slot] = new Entry(e.a, e.b, e.series, entries[slot]);
                    size++;
                }
            }
        }
        return entries;
    }

    private static long rest(byte[] data, int from, int to) {
        long rest = 0;
        for (int at = from; at < to; at++) {
            rest = rest << 8 | data[at] & 0xff;
        }
        return rest;
    }

    private static long mixed(long value, long factor) {
        return Math.multiplyHigh(value, factor) ^ value * factor ^ value >>> 29;
    }
}
