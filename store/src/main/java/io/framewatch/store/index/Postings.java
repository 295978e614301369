package io.framewatch.store.index;

import java.util.Arrays;

/// An ascending list of series numbers that grows at its end. Not thread safe.
final class Postings {

    static final int[] NONE = new int[0];

    private int[] numbers = new int[4];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(numbers, size);
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
