package io.framewatch.store.flush;

import java.util.ArrayDeque;
import java.util.Deque;

/// How far back in time the records reach that are not yet in the engine: what lies before that the
/// engine can be asked for without a flush. Keeps the running minimum of the waiting records, at
/// most [#MARKS_MAX] steps of it. Thread safe.
final class FlushReach {

    /// Beyond it the newest steps become one, which counts from the older time.
    private static final int MARKS_MAX = 1_024;

    /// Ascending in both: each mark is older in time than all records behind it.
    private final Deque<Mark> marks = new ArrayDeque<>();

    private long flushed;

    private record Mark(long sequence, long oldestMs) {}

    /// A record came whose rows are not older than `oldestMs`, Unix milliseconds.
    synchronized void appended(long sequence, long oldestMs) {
        if (sequence <= flushed) {
            return;
        }
        long last = sequence;
        long ms = oldestMs;
        while (!marks.isEmpty() && marks.getLast().oldestMs() >= ms) {
            last = Math.max(last, marks.removeLast().sequence());
        }
        if (marks.size() == MARKS_MAX) {
            Mark before = marks.removeLast();
            last = Math.max(last, before.sequence());
            ms = before.oldestMs();
        }
        marks.addLast(new Mark(last, ms));
    }

    /// Everything up to `sequence` is in the engine.
    synchronized void flushed(long sequence) {
        flushed = Math.max(flushed, sequence);
        while (!marks.isEmpty() && marks.getFirst().sequence() <= flushed) {
            marks.removeFirst();
        }
    }

    /// Whether a record that waits may have rows at or before `ms`.
    synchronized boolean reachesBackTo(long ms) {
        return !marks.isEmpty() && marks.getFirst().oldestMs() <= ms;
    }
}
