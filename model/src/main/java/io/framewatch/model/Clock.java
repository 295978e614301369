package io.framewatch.model;

import java.time.Instant;

/// The only reader of time in the program; tests pass one that they move by hand. Thread safe.
public interface Clock {

    /// Wall time, milliseconds since 1970-01-01T00:00:00Z. May jump when the host's clock is set.
    long nowMs();

    /// Monotonic time in nanoseconds from an arbitrary origin; only differences mean anything.
    long nanoTime();

    /// Wall time as an instant of millisecond resolution.
    default Instant now() {
        return Instant.ofEpochMilli(nowMs());
    }

    /// The host's clocks.
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
