package io.framewatch.store.hot;

import java.util.concurrent.atomic.AtomicLong;

/// What all windows together take in memory: samples outside the heap, series, index and histograms
/// on it. Thread safe.
final class HotMemory {

    private final CellMemory cells = new CellMemory();
    private final AtomicLong heapBytes = new AtomicLong();

    CellMemory cells() {
        return cells;
    }

    /// Counts what was put on the heap, or, negative, taken from it.
    void addHeapBytes(long bytes) {
        heapBytes.addAndGet(bytes);
    }

    /// Bytes in use.
    long bytes() {
        return cells.usedBytes() + heapBytes.get();
    }
}
