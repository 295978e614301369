package io.framewatch.video.segment;

import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;

/// Takes the spans and the log lines of segments. Thread safe, returns soon and never throws: it is
/// called by the threads that move pictures.
public interface SegmentSignals {

    /// Takes one span.
    void span(Span span);

    /// Takes one log line.
    void line(LogEntry line);

    /// Keeps nothing.
    static SegmentSignals none() {
        return new SegmentSignals() {
            @Override
            public void span(Span span) {}

            @Override
            public void line(LogEntry line) {}
        };
    }
}
