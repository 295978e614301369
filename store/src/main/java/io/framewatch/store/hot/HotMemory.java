package io.framewatch.store.hot;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all windows together take in memory: samples outside the heap, series, index and histograms
/// on it. Thread safe.
final class HotMemory {

    /// Series are crowded when less than this share of what they may have is free.
    static final int CROWDED_SHARE = 20;

    /// A series that is not counted yet is taken to need so much of the heap, bytes.
    private static final int UNCOUNTED_BYTES = 400;

    private final CellMemory cells = new CellMemory();
    private final AtomicLong heapBytes = new AtomicLong();
    private final AtomicInteger uncounted = new AtomicInteger();
    private final long heapBytesMax;
    private volatile boolean crowded;

    /// Memory with room for series, index and histograms of at most `heapBytesMax`.
    HotMemory(long heapBytesMax) {
        this.heapBytesMax = heapBytesMax;
    }

    CellMemory cells() {
        return cells;
    }

    /// Counts what was put on the heap, or, negative, taken from it.
    void addHeapBytes(long bytes) {
        heapBytes.addAndGet(bytes);
    }

    /// Whether a further series has room.
    boolean hasRoomForSeries() {
        long free = heapBytesMax - heapBytes.get() - (long) UNCOUNTED_BYTES * uncounted.get();
        if (free < heapBytesMax / CROWDED_SHARE) {
            crowded = true;
        }
        return free > 0;
    }

    /// A series has come that no [#addHeapBytes] has told of yet.
    void seriesCame() {
        uncounted.incrementAndGet();
    }

    /// All series have been counted.
    void seriesCounted() {
        uncounted.set(0);
    }

    /// Whether series have nearly used up what they may, in memory or in number, since the last
    /// call of [#crowded(boolean)].
    boolean crowded() {
        return crowded;
    }

    /// Tells that they have, or that it has been seen to.
    void crowded(boolean is) {
        crowded = is;
    }

    /// Bytes in use.
    long bytes() {
        return cells.usedBytes() + heapBytes.get();
    }
}
