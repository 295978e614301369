package io.framewatch.video.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The bounded past of one entity: stretches of one state each, without gaps or overlaps. Not
/// thread safe.
final class History {

    /// Most stretches kept of one stream.
    static final int INTERVALS_MAX = 500;

    /// How far back stretches are kept, milliseconds.
    static final long KEPT_MS = 24 * 3_600_000L;

    private final Deque<Interval> closed = new ArrayDeque<>();
    private StreamState state;
    private long sinceMs;

    History(StreamState state, long sinceMs) {
        this.state = state;
        this.sinceMs = sinceMs;
    }

    StreamState state() {
        return state;
    }

    long sinceMs() {
        return sinceMs;
    }

    /// Begins a new stretch at `fromMs`, which may lie before now but not before the start of the
    /// stretch under way: a stretch of no length is dropped and equal neighbours become one.
    void enter(StreamState next, long fromMs) {
        if (next == state) {
            return;
        }
        long from = Math.max(fromMs, sinceMs);
        if (from > sinceMs) {
            closed.addLast(new Interval(state, sinceMs, from));
        }
        state = next;
        sinceMs = from;
        Interval last = closed.peekLast();
        if (last != null && last.state() == next) {
            closed.removeLast();
            sinceMs = last.fromMs();
        }
        while (closed.size() > INTERVALS_MAX
                || !closed.isEmpty() && closed.getFirst().toMs() < from - KEPT_MS) {
            closed.removeFirst();
        }
    }

    List<Interval> intervals(long nowMs) {
        List<Interval> all = new ArrayList<>(closed);
        all.add(new Interval(state, sinceMs, Math.max(nowMs, sinceMs)));
        return all;
    }
}
