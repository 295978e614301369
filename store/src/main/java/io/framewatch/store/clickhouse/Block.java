package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import java.util.List;

/// Rows that came out of the engine; columns in the order of the SELECT.
///
/// @param rows how many
/// @param columns their values
public record Block(int rows, List<Column> columns) {

    /// The values of a column of whole numbers or timestamps.
    public long[] longs(int column) {
        return ((Column.Longs) columns.get(column)).values();
    }

    /// The values of a column of floating-point numbers.
    public double[] doubles(int column) {
        return ((Column.Doubles) columns.get(column)).values();
    }

    /// The values of a column of texts.
    public String[] texts(int column) {
        return ((Column.Texts) columns.get(column)).values();
    }

    /// The values of a column of maps.
    public Labels[] labels(int column) {
        return ((Column.Maps) columns.get(column)).values();
    }

    /// The list of doubles at `row` of a column of lists.
    public double[] doubleList(int column, int row) {
        Column.Lists lists = (Column.Lists) columns.get(column);
        int from = row == 0 ? 0 : lists.ends()[row - 1];
        double[] all = ((Column.Doubles) lists.elements()).values();
        return java.util.Arrays.copyOfRange(all, from, lists.ends()[row]);
    }

    /// The list of whole numbers at `row` of a column of lists.
    public long[] longList(int column, int row) {
        Column.Lists lists = (Column.Lists) columns.get(column);
        int from = row == 0 ? 0 : lists.ends()[row - 1];
        long[] all = ((Column.Longs) lists.elements()).values();
        return java.util.Arrays.copyOfRange(all, from, lists.ends()[row]);
    }

    /// The list of texts at `row` of a column of lists.
    public List<String> textList(int column, int row) {
        Column.Lists lists = (Column.Lists) columns.get(column);
        int from = row == 0 ? 0 : lists.ends()[row - 1];
        String[] all = ((Column.Texts) lists.elements()).values();
        return java.util.Arrays.asList(all).subList(from, lists.ends()[row]);
    }
}
