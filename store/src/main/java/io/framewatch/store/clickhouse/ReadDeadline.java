package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import java.time.Duration;

/// When a read that takes several questions has to be over. Thread safe.
public final class ReadDeadline {

    private final Clock clock;
    private final long atNanos;

    /// The deadline of a read that begins now and may take `readMax`.
    public ReadDeadline(Clock clock, Duration readMax) {
        this.clock = clock;
        this.atNanos = clock.nanoTime() + readMax.toNanos();
    }

    /// What the next question may take. Throws `query_timeout` if nothing is left.
    public Duration left() {
        long nanos = atNanos - clock.nanoTime();
        if (nanos <= 0) {
            throw Reading.fault(
                    new EngineException(EngineException.TIMEOUT, "the read's time is over"));
        }
        return Duration.ofNanos(nanos).plusMillis(1);
    }
}
