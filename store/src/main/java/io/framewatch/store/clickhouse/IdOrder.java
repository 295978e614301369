package io.framewatch.store.clickhouse;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/// Puts rows into the order of their ids, which are unsigned: by one digit of 11 bits after the
/// other, the lowest first (Knuth, The Art of Computer Programming 3, 5.2.5). Rows of one id keep
/// their order. It reads each id once for each of six digits and compares none.
final class IdOrder {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private IdOrder() {}

    /// The places of `ids` from 0 to `size` (exclusive), group by group and within a group by id.
    ///
    /// @param groupOf the group of each
    /// @param groups all groups, in the order wanted
    static IntBuffer sorted(
            LongBuffer ids, IntBuffer groupOf, int size, int[] groups, FlushMemory memory) {
        int[] sizes = new int[groups.length];
        for (int i = 0; i < size; i++) {
            sizes[groupOf.get(i)]++;
        }
        int[] ends = new int[groups.length];
        int at = 0;
        for (int group : groups) {
            ends[group] = at;
            at += sizes[group];
        }
        IntBuffer order = memory.ints(size);
        for (int i = 0; i < size; i++) {
            order.put(ends[groupOf.get(i)]++, i);
        }
        for (int group : groups) {
            sort(ids, order, ends[group] - sizes[group], ends[group], memory);
        }
        return order;
    }

    /// Orders what stands at `from` (inclusive) to `to` (exclusive) of `rows`, each a place in
    /// `ids`.
    static void sort(LongBuffer ids, IntBuffer rows, int from, int to, FlushMemory memory) {
        int many = to - from;
        IntBuffer source = rows.slice(from, many);
        IntBuffer target = memory.ints(many);
        int[] places = new int[DIGITS];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            if (places(ids, source, many, shift, places)) {
                for (int i = 0; i < many; i++) {
                    int row = source.get(i);
                    target.put(places[digit(ids.get(row), shift)]++, row);
                }
                IntBuffer other = source;
                source = target;
                target = other;
            }
        }
        for (int i = 0; i < many; i++) {
            rows.put(from + i, source.get(i));
        }
    }

    /// Fills `places` with where the first row of each digit goes; false if all have the same.
    private static boolean places(
            LongBuffer ids, IntBuffer rows, int many, int shift, int[] places) {
        Arrays.fill(places, 0);
        for (int i = 0; i < many; i++) {
            places[digit(ids.get(rows.get(i)), shift)]++;
        }
        int at = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int count = places[digit];
            if (count == many) {
                return false;
            }
            places[digit] = at;
            at += count;
        }
        return true;
    }

    private static int digit(long id, int shift) {
        return (int) (id >>> shift) & DIGITS - 1;
    }
}
