package io.framewatch.wire.remotewrite;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Series by the bytes of their labels as senders write them. When full it starts anew, which costs
/// slow requests until it has met all series again. Thread safe, so that all requests of a tenant
/// share what they have met; belongs to one tenant.
///
/// The bytes themselves are not needed, which at a million series would take hundreds of megabytes,
/// but 128 bits of a hash whose keys are drawn at random at each start and never leave the process.
/// That two of a million series share all of them happens once in 10^26 starts.
///
/// Senders name their series in the same order again and again. So each entry also knows which one
/// came behind it last, how long its bytes are, and keeps them while a budget lasts: to compare a
/// row with those that are expected costs a fraction of looking for where they end, hashing them
/// and looking them up. Where they are not kept, their hash is compared, without looking.
public final class SeriesByBytes {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS_MIN = 1024;

    /// What the bytes of a series take beside themselves, bytes.
    private static final int KEY_EXTRA_BYTES = 16;

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

    /// A series and its bytes. All fields but one are final: who finds one without a lock finds it
    /// whole. The one that is not is a guess, and any thread's guess will do.
    static final class Entry {

        private final long a;
        private final long b;
        private final byte[] key;
        private final int length;
        private final @Nullable Entry next;

        /// What the bytes stand for.
        final Series series;

        /// The entry met behind this one last, or null.
        @Nullable Entry follower;

        private Entry(long a, long b, byte[] key, int length, Series series, @Nullable Entry next) {
            this.a = a;
            this.b = b;
            this.key = key;
            this.length = length;
            this.series = series;
            this.next = next;
        }
    }

    private static final byte[] NOT_KEPT = {};

    private final int seriesMax;
    private final AtomicLong keyBytesLeft;

    /// Replaced and filled by one thread at a time, read by any: who reads an old one or misses an
    /// entry only asks the store once more.
    private volatile @Nullable Entry[] table = new Entry[SLOTS_MIN];

    private int size;

    /// Remembers at most `seriesMax` series, and the bytes of none.
    public SeriesByBytes(int seriesMax) {
        this(seriesMax, new AtomicLong());
    }

    /// Remembers at most `seriesMax` series, and their bytes while `keyBytesLeft` lasts, which is
    /// counted down and may be shared: with others that last as long as it does.
    public SeriesByBytes(int seriesMax, AtomicLong keyBytesLeft) {
        this.seriesMax = seriesMax;
        this.keyBytesLeft = keyBytesLeft;
    }

    /// Series remembered.
    public synchronized int size() {
        return size;
    }

    /// The series of these bytes, or null.
    public @Nullable Series find(byte[] data, int from, int to) {
        Entry entry = entry(data, from, to);
        return entry == null ? null : entry.series;
    }

    /// Remembers the series of these bytes.
    public void put(byte[] data, int from, int to, Series series) {
        at(data, from, to, series);
    }

    /// The entry of these bytes, or null.
    @Nullable Entry entry(byte[] data, int from, int to) {
        return at(data, from, to, null);
    }

    /// Where the bytes of `expected` end in `data` if they stand there from `from` on and end
    /// before `limit`; -1 if other bytes do.
    int matched(Entry expected, byte[] data, int from, int limit) {
        int to = from + expected.length;
        if (expected.length == 0 || to >= limit) {
            return -1;
        }
        byte[] key = expected.key;
        boolean same =
                key.length > 0
                        ? Arrays.equals(key, 0, key.length, data, from, to)
                        : at(data, from, to, null, expected) != null;
        return same ? to : -1;
    }

    private @Nullable Entry at(byte[] data, int from, int to, @Nullable Series added) {
        return at(data, from, to, added, null);
    }

    /// Finds the entry of these bytes, or has them lead to `added`, or answers whether they are
    /// those of `expected`: one place for the hash, whose two halves never leave the stack.
    private @Nullable Entry at(
            byte[] data, int from, int to, @Nullable Series added, @Nullable Entry expected) {
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
        if (expected != null) {
            return expected.a == a && expected.b == b ? expected : null;
        }
        if (added == null) {
            return entry(table, a, b);
        }
        put(a, b, kept(data, from, to), to - from, added);
        return null;
    }

    private static @Nullable Entry entry(@Nullable Entry[] entries, long a, long b) {
        Entry entry = entries[(int) a & entries.length - 1];
        while (entry != null && (entry.a != a || entry.b != b)) {
            entry = entry.next;
        }
        return entry;
    }

    /// The bytes, if there is room for them.
    private byte[] kept(byte[] data, int from, int to) {
        long cost = to - from + (long) KEY_EXTRA_BYTES;
        if (keyBytesLeft.get() < cost) {
            return NOT_KEPT;
        }
        keyBytesLeft.addAndGet(-cost);
        return Arrays.copyOfRange(data, from, to);
    }

    private void giveUp(byte[] key) {
        if (key.length > 0) {
            keyBytesLeft.addAndGet(key.length + (long) KEY_EXTRA_BYTES);
        }
    }

    private synchronized void put(long a, long b, byte[] key, int length, Series series) {
        @Nullable Entry[] entries = table;
        if (entry(entries, a, b) != null) {
            giveUp(key);
            return;
        }
        if (size >= Math.min(seriesMax, entries.length)) {
            entries = withRoom(entries);
        }
        int slot = (int) a & entries.length - 1;
        entries[slot] = new Entry(a, b, key, length, series, entries[slot]);
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
        boolean anew = living > seriesMax - seriesMax / 4;
        boolean wider = living > old.length - old.length / 4;
        @Nullable Entry[] entries =
                new Entry[anew ? SLOTS_MIN : wider ? old.length * 2 : old.length];
        for (Entry head : old) {
            for (Entry e = head; e != null; e = e.next) {
                if (anew || e.series.isLetGo()) {
                    giveUp(e.key);
                } else {
                    int slot = (int) e.a & entries.length - 1;
                    entries[slot] = new Entry(e.a, e.b, e.key, e.length, e.series, entries[slot]);
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
