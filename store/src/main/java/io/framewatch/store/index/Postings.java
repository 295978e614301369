package io.framewatch.store.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// An ascending list of series numbers that grows at its end. Not thread safe.
final class Postings {

    static final int[] NONE = new int[0];

    /// The label value, the same object in the labels of all these series.
    private final String value;

    // Most lists have one number: it needs no array.
    private int first;
    private int @Nullable [] more;
    private int size;

    Postings(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }

    void add(int number) {
        if (size == 0) {
            first = number;
        } else {
            int[] rest = more;
            if (rest == null) {
                rest = new int[3];
            } else if (size - 1 == rest.length) {
                rest = Arrays.copyOf(rest, rest.length + rest.length / 2 + 1);
            }
            rest[size - 1] = number;
            more = rest;
        }
        size++;
    }

    int size() {
        return size;
    }

    /// How many of them are set in `wanted`.
    int count(BitSet wanted) {
        int count = size > 0 && wanted.get(first) ? 1 : 0;
        if (more != null) {
            for (int i = 0; i < size - 1; i++) {
                count += wanted.get(more[i]) ? 1 : 0;
            }
        }
        return count;
    }

    /// Whether `condition` accepts any.
    boolean any(IntPredicate condition) {
        if (size > 0 && condition.test(first)) {
            return true;
        }
        if (more != null) {
            for (int i = 0; i < size - 1; i++) {
                if (condition.test(more[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    int[] toArray() {
        int[] all = new int[size];
        copyTo(all, 0);
        return all;
    }

    void copyTo(int[] all, int at) {
        if (size > 0) {
            all[at] = first;
        }
        if (more != null) {
            System.arraycopy(more, 0, all, at + 1, size - 1);
        }
    }

    /// Numbers in both; both ascending.
    static int[] intersect(int[] a, int[] b) {
        int[] out = new int[Math.min(a.length, b.length)];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                out[n++] = a[i];
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(out, n);
    }

    /// Numbers of `a` that are not in `b`; both ascending.
    static int[] subtract(int[] a, int[] b) {
        int[] out = new int[a.length];
        int n = 0;
        int j = 0;
        for (int number : a) {
            while (j < b.length && b[j] < number) {
                j++;
            }
            if (j == b.length || b[j] != number) {
                out[n++] = number;
            }
        }
        return Arrays.copyOf(out, n);
    }
}
