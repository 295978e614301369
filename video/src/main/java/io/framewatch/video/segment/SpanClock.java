package io.framewatch.video.segment;

import io.framewatch.model.Clock;
import io.framewatch.model.LogEntry;

/// Times one operation: wall time at its start, moved on by the monotonic clock, so that its parts
/// add up in nanoseconds and a set clock does not tear them apart. Thread safe.
public final class SpanClock {

    private final Clock clock;
    private final long offsetNs;

    /// Begins now.
    public SpanClock(Clock clock) {
        this.clock = clock;
        this.offsetNs = clock.nowMs() * LogEntry.NS_PER_MS - clock.nanoTime();
    }

    /// Now, Unix nanoseconds.
    public long nowNs() {
        return offsetNs + clock.nanoTime();
    }
}
