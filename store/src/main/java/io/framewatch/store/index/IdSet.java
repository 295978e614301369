package io.framewatch.store.index;

/// The ids of series, at 8 to 32 bytes each. Ids are hashes already, so their bits say where they
/// go. Not thread safe.
final class IdSet {

    private static final int SLOTS_MIN = 64;

    /// 0 where free; the id 0 itself counts as always present, so that no series gets it.
    private long[] slots = new long[SLOTS_MIN];

    private int size;

    boolean contains(long id) {
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

    void add(long id) {
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

    void clear() {
        slots = new long[SLOTS_MIN];
        size = 0;
    }
}
