package io.framewatch.demo;

import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.video.segment.SegmentSignals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is told of segments.
public final class KeptSignals implements SegmentSignals {

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<LogEntry> lines = new CopyOnWriteArrayList<>();

    @Override
    public void span(Span span) {
        spans.add(span);
    }

    @Override
    public void line(LogEntry line) {
        lines.add(line);
    }

    /// All spans, as they came.
    public List<Span> spans() {
        return spans;
    }

    /// All lines, as they came.
    public List<LogEntry> lines() {
        return lines;
    }
}
