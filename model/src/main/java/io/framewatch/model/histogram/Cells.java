package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The buckets of one side of a histogram as sorted indexes with counts, each count carrying a
/// compensation for lost digits (Neumaier's variant of Kahan's sum). Mutable.
final class Cells {

    private int[] indexes;
    private double[] counts;
    private double[] lost;
    private int size;

    Cells(int capacity) {
        this.indexes = new int[capacity];
        this.counts = new double[capacity];
        this.lost = new double[capacity];
    }

    static Cells of(Span[] spans, double[] buckets) {
        Cells cells = new Cells(buckets.length);
        int index = 0;
        int at = 0;
        for (Span span : spans) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                cells.append(index++, buckets[at++], 0);
            }
        }
        return cells;
    }

    int size() {
        return size;
    }

    int index(int at) {
        return indexes[at];
    }

    double count(int at) {
        return counts[at] + lost[at];
    }

    /// Adds a cell after all others.
    void append(int index, double count, double compensation) {
        if (size == indexes.length) {
            int capacity = Math.max(8, size * 2);
            indexes = Arrays.copyOf(indexes, capacity);
            counts = Arrays.copyOf(counts, capacity);
            lost = Arrays.copyOf(lost, capacity);
        }
        indexes[size] = index;
        counts[size] = count;
        lost[size] = compensation;
        size++;
    }

    /// These cells plus `sign` times `other`.
    Cells plus(Cells other, double sign, boolean compensate) {
        Cells sum = new Cells(size + other.size);
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            if (j >= other.size || i < size && indexes[i] < other.indexes[j]) {
                sum.append(indexes[i], counts[i], lost[i]);
                i++;
            } else if (i >= size || other.indexes[j] < indexes[i]) {
                sum.append(other.indexes[j], sign * other.counts[j], sign * other.lost[j]);
                j++;
            } else {
                sum.appendSum(indexes[i], counts[i], lost[i], sign * other.count(j), compensate);
                i++;
                j++;
            }
        }
        return sum;
    }

    private void appendSum(int index, double a, double aLost, double b, boolean compensate) {
        double total = a + b;
        append(index, total, compensate ? aLost + Kahan.lost(a, b, total) : 0);
    }

    /// Applies `target` to each index, which must not reverse the order, and adds up what meets.
    Cells moved(java.util.function.IntUnaryOperator target) {
        Cells moved = new Cells(size);
        for (int i = 0; i < size; i++) {
            int index = target.applyAsInt(indexes[i]);
            int last = moved.size - 1;
            if (last >= 0 && moved.indexes[last] == index) {
                moved.counts[last] += counts[i];
                moved.lost[last] += lost[i];
            } else {
                moved.append(index, counts[i], lost[i]);
            }
        }
        return moved;
    }

    /// Only the cells whose index `keep` accepts.
    Cells kept(java.util.function.IntPredicate keep) {
        Cells kept = new Cells(size);
        for (int i = 0; i < size; i++) {
            if (keep.test(indexes[i])) {
                kept.append(indexes[i], counts[i], lost[i]);
            }
        }
        return kept;
    }

    void scale(double factor) {
        for (int i = 0; i < size; i++) {
            counts[i] *= factor;
            lost[i] *= factor;
        }
    }

    void divide(double divisor) {
        for (int i = 0; i < size; i++) {
            counts[i] /= divisor;
            lost[i] /= divisor;
        }
    }

    boolean hasInfinite() {
        for (int i = 0; i < size; i++) {
            if (Double.isInfinite(counts[i])) {
                return true;
            }
        }
        return false;
    }

    Cells copy() {
        return kept(_ -> true);
    }

    /// Spans and counts without empty buckets.
    void compact(List<Span> spans, List<Double> buckets) {
        int next = 0;
        int length = 0;
        int offset = 0;
        for (int i = 0; i < size; i++) {
            double count = count(i);
            if (count == 0) {
                continue;
            }
            if (length > 0 && indexes[i] == next) {
                length++;
            } else {
                if (length > 0) {
                    spans.add(new Span(offset, length));
                }
                offset = spans.isEmpty() && length == 0 ? indexes[i] : indexes[i] - next;
                length = 1;
            }
            buckets.add(count);
            next = indexes[i] + 1;
        }
        if (length > 0) {
            spans.add(new Span(offset, length));
        }
    }

    static double[] array(List<Double> values) {
        double[] array = new double[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    static List<Double> list() {
        return new ArrayList<>();
    }
}
