package io.framewatch.video.probe;

import java.util.ArrayDeque;
import java.util.Deque;

/// How many seconds of media arrive per second, over the last pieces. Not thread safe.
///
/// Counted from one arrival to a later one, so that the piece under way does not count as slow; if
/// the next piece is overdue, the time waited in excess counts too.
final class ArrivalSpeed {

    /// How far back arrivals count, milliseconds.
    static final long WINDOW_MS = 16_000;

    /// At least this long a window is needed to say anything, milliseconds.
    static final long WINDOW_MIN_MS = 6_000;

    private final Deque<long[]> arrivals = new ArrayDeque<>();

    /// Notes that `durationMs` of media arrived at `atMs`.
    void arrived(long atMs, long durationMs) {
        arrivals.addLast(new long[] {atMs, durationMs});
        long window = Math.max(WINDOW_MS, 4 * durationMs);
        while (arrivals.size() > 2 && arrivals.getFirst()[0] < atMs - window) {
            arrivals.removeFirst();
        }
    }

    /// Media seconds per second; NaN while too little has arrived.
    double at(long nowMs) {
        if (arrivals.size() < 2) {
            return Double.NaN;
        }
        long firstAtMs = arrivals.getFirst()[0];
        long media = -arrivals.getFirst()[1];
        for (long[] arrival : arrivals) {
            media += arrival[1];
        }
        long[] last = arrivals.getLast();
        long overdueMs = Math.max(0, nowMs - last[0] - last[1] * 3 / 2);
        long elapsedMs = last[0] - firstAtMs + overdueMs;
        return elapsedMs < WINDOW_MIN_MS ? Double.NaN : (double) media / elapsedMs;
    }

    /// Begins anew after a gap.
    void reset() {
        arrivals.clear();
    }
}
