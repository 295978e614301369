package io.framewatch.verify.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A table on the terminal, in Markdown so that it can be quoted. Not thread safe.
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /// A table with these heads.
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /// Adds a row, a cell for each head.
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /// Prints it.
    public void print(PrintStream out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("|");
            for (int c = 0; c < columns; c++) {
                String cell = rows.get(r).get(c);
                line.append(' ')
                        .append(cell)
                        .append(" ".repeat(widths[c] - cell.length()))
                        .append(" |");
            }
            out.println(line);
            if (r == 0) {
                StringBuilder rule = new StringBuilder("|");
                for (int width : widths) {
                    rule.append("-".repeat(width + 2)).append('|');
                }
                out.println(rule);
            }
        }
    }
}
