package io.framewatch.store;

import com.google.re2j.Pattern;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import java.util.List;

/// Which log lines to read.
///
/// @param matchers all must accept the stream
/// @param filters all must accept the line
/// @param fromNs first instant, Unix nanoseconds, inclusive
/// @param toNs end, Unix nanoseconds, exclusive
/// @param newestFirst order
/// @param linesMax most lines handed out, at least 1
public record LogSelection(
        List<Matcher> matchers,
        List<LineFilter> filters,
        long fromNs,
        long toNs,
        boolean newestFirst,
        int linesMax) {

    /// A condition on the text of a line. A store may answer it from an index or let its engine do
    /// it.
    public sealed interface LineFilter {

        /// Whether the line passes.
        boolean accepts(String line);

        /// The line contains a text.
        ///
        /// @param text looked for, case sensitive
        /// @param negated whether lines that contain it are refused instead
        record Contains(String text, boolean negated) implements LineFilter {

            @Override
            public boolean accepts(String line) {
                return line.contains(text) != negated;
            }
        }

        /// The line contains a match of a regular expression.
        ///
        /// @param pattern RE2
        /// @param negated whether matching lines are refused instead
        record Matches(Pattern pattern, boolean negated) implements LineFilter {

            @Override
            public boolean accepts(String line) {
                return pattern.matcher(line).find() != negated;
            }
        }
    }

    /// Whether a line belongs to the selection, its limit aside.
    public boolean accepts(LogEntry entry) {
        if (entry.timestampNs() < fromNs || entry.timestampNs() >= toNs) {
            return false;
        }
        for (LineFilter filter : filters) {
            if (!filter.accepts(entry.line())) {
                return false;
            }
        }
        return entry.stream().matches(matchers);
    }
}
