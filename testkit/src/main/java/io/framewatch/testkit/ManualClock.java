package io.framewatch.testkit;

import io.framewatch.model.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until a test moves it. Wall and monotonic time move together, except
/// by [#setWallMs]. Thread safe.
public final class ManualClock implements Clock {

    private final AtomicLong wallMs;
    private final AtomicLong monotonicNs = new AtomicLong();

    /// A clock that shows `startMs`, Unix milliseconds.
    public ManualClock(long startMs) {
        this.wallMs = new AtomicLong(startMs);
    }

    @Override
    public long nowMs() {
        return wallMs.get();
    }

    @Override
    public long nanoTime() {
        return monotonicNs.get();
    }

    /// Lets `duration` pass.
    public void advance(Duration duration) {
        wallMs.addAndGet(duration.toMillis());
        monotonicNs.addAndGet(duration.toNanos());
    }

    /// Sets the wall clock, as an operator or NTP does; monotonic time goes on undisturbed.
    public void setWallMs(long nowMs) {
        wallMs.set(nowMs);
    }
}
