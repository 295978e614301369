package io.framewatch.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows a round on the terminal: a table that is drawn anew in its place, or, where there is no
/// terminal, a line for each thing that happens. Not thread safe.
public final class RoundTable {

    private static final String FORMAT = "  %-18s %-7s %-11s %-11s %-11s %s";

    private final PrintWriter out;
    private final boolean redraws;
    private int drawnLines;
    private int shownRound;
    private List<RoundRow> shown = List.of();

    /// Draws on `out`; `redraws` if that is a terminal that understands ANSI control sequences.
    public RoundTable(PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    /// Shows what is new since the last call.
    public void show(int round, List<RoundRow> rows) {
        boolean newRound = round != shownRound;
        if (!newRound && rows.equals(shown)) {
            return;
        }
        if (redraws) {
            draw(round, rows, newRound);
        } else {
            tell(round, rows, newRound);
        }
        shownRound = round;
        shown = List.copyOf(rows);
        out.flush();
    }

    private void draw(int round, List<RoundRow> rows, boolean newRound) {
        if (drawnLines > 0 && !newRound) {
            out.print("\033[" + drawnLines + "F\033[J");
        }
        List<String> lines = table(round, rows);
        lines.forEach(out::println);
        drawnLines = lines.size();
    }

    /// The table as lines of text.
    static List<String> table(int round, List<RoundRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Round " + round);
        lines.add(
                FORMAT.formatted("fault", "camera", "seen after", "alert after", "recovered", "")
                        .stripTrailing());
        for (RoundRow row : rows) {
            lines.add(
                    FORMAT.formatted(
                                    row.fault().title(),
                                    row.target(),
                                    seconds(row.seen()),
                                    seconds(row.alert()),
                                    seconds(row.recovered()),
                                    remark(row))
                            .stripTrailing());
        }
        return lines;
    }

    private static String seconds(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.1f s", value);
    }

    private static String remark(RoundRow row) {
        return switch (row.status()) {
            case WAITING -> "";
            case INJECTED -> "injected";
            case SEEN -> "seen";
            case ALERTED -> "cleared, recovering";
            case RECOVERED -> "ok";
            case MISSED -> "missed: " + row.problem();
        };
    }

    private void tell(int round, List<RoundRow> rows, boolean newRound) {
        if (newRound) {
            out.println("Round " + round + ": " + rows.size() + " faults");
        }
        for (int i = 0; i < rows.size(); i++) {
            RoundRow row = rows.get(i);
            RoundRow before = newRound || i >= shown.size() ? null : shown.get(i);
            if (row.status() != RoundRow.Status.WAITING && !row.equals(before)) {
                out.println(line(row));
            }
        }
    }

    private static String line(RoundRow row) {
        return "  "
                + row.fault().title()
                + " on "
                + row.target()
                + ": seen after "
                + seconds(row.seen())
                + ", alert after "
                + seconds(row.alert())
                + ", recovered after "
                + seconds(row.recovered())
                + " ("
                + remark(row)
                + ")";
    }

    /// One sentence on a finished round, and what was missed in it.
    public static List<String> summary(int round, List<RoundRow> rows) {
        List<String> lines = new ArrayList<>();
        long good = rows.stream().filter(r -> r.status() == RoundRow.Status.RECOVERED).count();
        lines.add(
                "Round "
                        + round
                        + ": "
                        + good
                        + " of "
                        + rows.size()
                        + " faults seen rightly, alerted and recovered.");
        for (RoundRow row : rows) {
            if (row.status() == RoundRow.Status.MISSED) {
                lines.add(
                        "  Missed: "
                                + row.fault().title()
                                + " on "
                                + row.target()
                                + ": "
                                + row.problem()
                                + ".");
            }
        }
        return lines;
    }
}
