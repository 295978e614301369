package io.framewatch.query.logql;

import io.framewatch.query.logql.stage.LabelFilter;
import io.framewatch.query.logql.stage.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `op(pipeline [range] offset d) by (labels)`: one number per series of lines and evaluation time.
///
/// @param op what is computed
/// @param parameter the quantile, of `quantile_over_time`
/// @param query the lines
/// @param unwrap which label's value is taken, null to count lines
/// @param rangeMs width of the window, milliseconds; its start is excluded, its end included
/// @param offsetMs how far the window lies back, milliseconds
/// @param grouping labels to keep or leave out, null for all as they are
public record RangeAggregation(
        Op op,
        double parameter,
        LogQuery query,
        @Nullable Unwrap unwrap,
        long rangeMs,
        long offsetMs,
        @Nullable Grouping grouping) {

    /// What is computed over a window.
    public enum Op {
        COUNT_OVER_TIME(Takes.LINES, false),
        RATE(Takes.EITHER, false),
        BYTES_OVER_TIME(Takes.LINES, false),
        BYTES_RATE(Takes.LINES, false),
        ABSENT_OVER_TIME(Takes.EITHER, false),
        SUM_OVER_TIME(Takes.VALUES, false),
        AVG_OVER_TIME(Takes.VALUES, true),
        MIN_OVER_TIME(Takes.VALUES, true),
        MAX_OVER_TIME(Takes.VALUES, true),
        FIRST_OVER_TIME(Takes.VALUES, true),
        LAST_OVER_TIME(Takes.VALUES, true),
        STDDEV_OVER_TIME(Takes.VALUES, true),
        STDVAR_OVER_TIME(Takes.VALUES, true),
        QUANTILE_OVER_TIME(Takes.VALUES, true);

        enum Takes {
            LINES,
            VALUES,
            EITHER
        }

        private final Takes takes;
        private final boolean grouped;

        Op(Takes takes, boolean grouped) {
            this.takes = takes;
            this.grouped = grouped;
        }

        Takes takes() {
            return takes;
        }

        /// Whether `by` or `without` may follow.
        boolean grouped() {
            return grouped;
        }
    }

    /// Which label's value is taken.
    ///
    /// @param label its name; it leaves the series
    /// @param unit how it is read
    /// @param filters conditions after it
    public record Unwrap(String label, Quantity unit, List<LabelFilter> filters) {}

    /// Which labels a result keeps.
    ///
    /// @param without whether `labels` are left out instead of kept
    /// @param labels names
    public record Grouping(boolean without, List<String> labels) {}
}
