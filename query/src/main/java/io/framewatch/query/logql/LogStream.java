package io.framewatch.query.logql;

import io.framewatch.model.Labels;
import java.util.List;

/// Lines that ended up with the same labels.
///
/// @param labels stream labels, fields and finds, as the pipeline left them
/// @param lines in the order asked for
public record LogStream(Labels labels, List<Line> lines) {

    /// A line of the answer.
    ///
    /// @param timestampNs when it was written, Unix nanoseconds
    /// @param text as the pipeline left it
    public record Line(long timestampNs, String text) {}
}
