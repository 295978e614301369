package io.framewatch.ingest.scrape;

import io.framewatch.model.Series;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one target's series are, by the bytes that name them in its exposition, so that a line seen
/// before costs a hash and a comparison. Also knows which were there last time. Not thread safe.
final class SeriesCache {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FORGET_AFTER_SCRAPES = 10;

    /// One name and what it stands for.
    static final class Entry {

        private final byte[] key;
        private final long hash;
        private final @Nullable Entry next;

        /// The series, or null if relabelling drops it.
        final @Nullable Series series;

        private int seen;
        private boolean tracked;
        private boolean live;

        private Entry(byte[] key, long hash, @Nullable Series series, @Nullable Entry next) {
            this.key = key;
            this.hash = hash;
            this.series = series;
            this.next = next;
        }
    }

    private @Nullable Entry[] table = new Entry[64];
    private int size;
    private int scrape;
    private int live;
    private int added;

    /// Starts a scrape.
    void begin() {
        scrape++;
        added = 0;
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

    /// The entry of a name seen before, or null.
    @Nullable Entry find(byte[] data, int from, int to) {
        long hash = hash(data, from, to);
        Entry entry = table[slot(hash)];
        while (entry != null) {
            if (entry.hash == hash
                    && Arrays.equals(entry.key, 0, entry.key.length, data, from, to)) {
                return entry;
            }
            entry = entry.next;
        }
        return null;
    }

    /// Remembers a new name.
    Entry put(byte[] data, int from, int to, @Nullable Series series) {
        if (size >= table.length) {
            rebuild(table.length * 2, false);
        }
        long hash = hash(data, from, to);
        int slot = slot(hash);
        Entry entry = new Entry(Arrays.copyOfRange(data, from, to), hash, series, table[slot]);
        table[slot] = entry;
        size++;
        added += series == null ? 0 : 1;
        return entry;
    }

    /// Notes that the entry stands in this scrape; `tracked` is whether it is to be marked stale
    /// when it is gone.
    void see(Entry entry, boolean tracked) {
        entry.seen = scrape;
        entry.tracked = tracked;
    }

    /// Ends a scrape that worked: answers the series that were there before and are gone now.
    List<Series> commit() {
        List<Series> gone = new ArrayList<>();
        int forgotten = 0;
        live = 0;
        for (Entry head : table) {
            for (Entry entry = head; entry != null; entry = entry.next) {
                boolean now = entry.seen == scrape && entry.tracked && entry.series != null;
                if (entry.live && !now && entry.series != null) {
                    gone.add(entry.series);
                }
                entry.live = now;
                live += now ? 1 : 0;
                forgotten += isForgotten(entry) ? 1 : 0;
            }
        }
        if (forgotten > 1000 || forgotten > size / 2) {
            rebuild(table.length, true);
        }
        return gone;
    }

    /// Ends a scrape that failed, or the target: answers all series that were there.
    List<Series> fail() {
        List<Series> gone = new ArrayList<>();
        live = 0;
        for (Entry head : table) {
            for (Entry entry = head; entry != null; entry = entry.next) {
                if (entry.live && entry.series != null) {
                    gone.add(entry.series);
                }
                entry.live = false;
            }
        }
        return gone;
    }

    private boolean isForgotten(Entry entry) {
        return !entry.live && scrape - entry.seen > FORGET_AFTER_SCRAPES;
    }

    private void rebuild(int slots, boolean forget) {
        @Nullable Entry[] old = table;
        table = new Entry[slots];
        size = 0;
        for (Entry head : old) {
            for (Entry entry = head; entry != null; entry = entry.next) {
                if (!forget || !isForgotten(entry)) {
                    int slot = slot(entry.hash);
                    Entry copy = new Entry(entry.key, entry.hash, entry.series, table[slot]);
                    copy.seen = entry.seen;
                    copy.tracked = entry.tracked;
                    copy.live = entry.live;
                    table[slot] = copy;
                    size++;
                }
            }
        }
    }

    private int slot(long hash) {
        return (int) (hash >>> 32 ^ hash) & table.length - 1;
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
