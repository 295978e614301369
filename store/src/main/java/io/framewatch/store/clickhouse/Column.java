package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;

/// A column that came out of the engine.
public sealed interface Column {

    /// Whole numbers and timestamps of any size; unsigned ones of 8 bytes keep their bits.
    record Longs(long[] values) implements Column {}

    /// Floating-point numbers.
    record Doubles(double[] values) implements Column {}

    /// Texts.
    record Texts(String[] values) implements Column {}

    /// Maps of texts to texts, as labels.
    record Maps(Labels[] values) implements Column {}

    /// Lists: those of row `i` are the elements from `end(i - 1)` to `end(i)`.
    record Lists(int[] ends, Column elements) implements Column {}
}
