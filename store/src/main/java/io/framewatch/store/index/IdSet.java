package io.framewatch.store.index;

/// Ids of series, or other hashes, at 16 to 32 bytes each: as they are hashes already, their bits
/// say where they go. Not thread safe.
public final class IdSet {

    private static final int SLOTS_MIN = 64;

    /// 0 where free; the id 0 itself counts as always present, so that no series gets it.
    private long[] slots = new long[SLOTS_MIN];

    private int size;

    /// Whether `id` was added, or is 0.
    public boolean contains(long id) {
        return id == 0 || slots[slot(id)] == id;
    }

    private int slot(long id) {
        int mask = slots.length - 1;
        int slot = (int) id & mask;
        while (slots[slot] != 0 && slots[slot] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /// Adds `id`, unless it is 0.
    public void add(long id) {
        int slot = slot(id);
        if (slots[slot] != id) {
            slots[slot] = id;
            if (++size > slots.length / 2) {
                spread();
            }
        }
    }

    private void spread() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long id : old) {
            if (id != 0) {
                slots[slot(id)] = id;
            }
        }
    }

    /// How many were added.
    public int size() {
        return size;
    }

    void clear() {
        slots = new long[SLOTS_MIN];
        size = 0;
    }
}
