package io.framewatch.query.promqltest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command of a script.
sealed interface Command {

    /// Line of the command, from 1.
    int line();

    /// Empties the store.
    record Clear(int line) implements Command {}

    /// Adds samples.
    ///
    /// @param stepMs distance of samples
    /// @param customHistograms whether native versions of classic histograms are added too
    record Load(int line, long stepMs, boolean customHistograms, List<SeriesLine> series)
            implements Command {}

    /// Runs a query.
    ///
    /// @param range whether it is a range query; else start, end and step are the one time and 0
    record Eval(
            int line,
            boolean range,
            long startMs,
            long endMs,
            long stepMs,
            String query,
            Expectation expected)
            implements Command {}

    /// What a query must answer.
    ///
    /// @param fail whether it must fail
    /// @param failTexts what the message must be like
    /// @param warn what warnings must be like, null if it does not matter
    /// @param info what infos must be like, null if it does not matter
    /// @param scalar the number expected, or null
    /// @param string the text expected, or null
    /// @param matrix times of an expected range vector, or null
    record Expectation(
            boolean fail,
            List<TextMatch> failTexts,
            @Nullable List<TextMatch> warn,
            @Nullable List<TextMatch> info,
            boolean noWarn,
            boolean noInfo,
            boolean ordered,
            @Nullable Double scalar,
            @Nullable String string,
            long @Nullable [] matrix,
            List<SeriesLine> series) {}
}
