package io.framewatch.store.clickhouse;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts rows that lie in many parts into the order of their groups and, within a group, of their
/// ids, which are unsigned. Groups are few, rows may be a million: they are numbers outside the
/// heap. Rows of one id keep their order. Not thread safe.
///
/// @param <G> what rows have in common
final class RowOrder<G> {

    private final FlushMemory memory;
    private final List<G> groups = new ArrayList<>();
    private final LongBuffer ids;
    private final IntBuffer groupOf;
    private final IntBuffer parts;
    private final IntBuffer rows;
    private IntBuffer order;
    private int size;

    /// Room for `rowsMax` rows.
    RowOrder(int rowsMax, FlushMemory memory) {
        this.memory = memory;
        ids = memory.longs(rowsMax);
        groupOf = memory.ints(rowsMax);
        parts = memory.ints(rowsMax);
        rows = memory.ints(rowsMax);
        order = memory.ints(0);
    }

    /// The number of a group, to be given to [#add].
    int group(G group) {
        int known = groups.indexOf(group);
        if (known < 0) {
            known = groups.size();
            groups.add(group);
        }
        return known;
    }

    /// Adds row `row` of part `part`.
    void add(int group, long id, int part, int row) {
        ids.put(size, id);
        groupOf.put(size, group);
        parts.put(size, part);
        rows.put(size++, row);
    }

    /// Orders what was added; places are numbered from here on.
    void sort(Comparator<G> comparator) {
        int[] sorted = groups.stream().sorted(comparator).mapToInt(groups::indexOf).toArray();
        order = IdOrder.sorted(ids, groupOf, size, sorted, memory);
    }

    int size() {
        return size;
    }

    /// The group of the row at `place`.
    G groupAt(int place) {
        return groups.get(groupOf.get(order.get(place)));
    }

    long id(int place) {
        return ids.get(order.get(place));
    }

    /// The part that the row at `place` lies in.
    int part(int place) {
        return parts.get(order.get(place));
    }

    /// Which row of its part it is.
    int row(int place) {
        return rows.get(order.get(place));
    }
}
