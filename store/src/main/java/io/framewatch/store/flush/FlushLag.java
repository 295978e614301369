package io.framewatch.store.flush;

import java.util.ArrayDeque;
import java.util.Deque;

/// How long the oldest record has waited that is not yet in the engine, from marks of when which
/// record came, at most four a second and [#MARKS_MAX] in all. Thread safe.
final class FlushLag {

    private static final long GAP_MS = 250;

    /// Beyond it every second mark goes: hours without an engine are told to the minute.
    private static final int MARKS_MAX = 1_024;

    private final Deque<Mark> marks = new ArrayDeque<>();
    private long markedMs = Long.MIN_VALUE;
    private long flushed;

    private record Mark(long sequence, long ms) {}

    /// A record came.
    synchronized void appended(long sequence, long nowMs) {
        if (sequence <= flushed || nowMs - markedMs < GAP_MS && !marks.isEmpty()) {
            return;
        }
        if (marks.size() == MARKS_MAX) {
            boolean[] keep = {false};
            marks.removeIf(mark -> {
                keep[0] = !keep[0];
                return !keep[0];
            });
        }
        marks.addLast(new Mark(sequence, nowMs));
        markedMs = nowMs;
    }

    /// Everything up to `sequence` is in the engine.
    synchronized void flushed(long sequence) {
        flushed = Math.max(flushed, sequence);
        while (!marks.isEmpty() && marks.getFirst().sequence() <= flushed) {
            marks.removeFirst();
        }
    }

    /// How long the oldest record has waited, milliseconds, to a quarter of a second; 0 if none
    /// waits.
    synchronized long ms(long nowMs) {
        return marks.isEmpty() ? 0 : Math.max(0, nowMs - marks.getFirst().ms());
    }
}
