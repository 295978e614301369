package io.framewatch.store.tail;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.time.Instant;

/// Limits of a durable store of log lines or spans.
///
/// @param tailBytesMax memory for what waits for the engine, and for the newest of what has got
///   there
/// @param retentionDays what is older is refused, since the engine would delete it at once; 0 takes
///   everything
/// @param futureMax what lies further ahead of the clock is refused
/// @param patience how long a read waits for an engine that has not answered since the start
/// @param readMax how long one read may take
public record Signal(
        long tailBytesMax,
        int retentionDays,
        Duration futureMax,
        Duration patience,
        Duration readMax) {

    private static final long NS_PER_MS = 1_000_000L;

    /// A sixteenth of the heap, 16 to 256 MiB; 90 days; a day ahead; reads up to a minute.
    public static final Signal DEFAULT =
            new Signal(
                    Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16L << 20, 256L << 20),
                    90,
                    Duration.ofDays(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60));

    /// The same with another retention.
    public Signal withRetentionDays(int days) {
        return new Signal(tailBytesMax, days, futureMax, patience, readMax);
    }

    /// The same with another budget.
    public Signal withTailBytesMax(long bytes) {
        return new Signal(bytes, retentionDays, futureMax, patience, readMax);
    }

    /// The same with another patience.
    public Signal withPatience(Duration other) {
        return new Signal(tailBytesMax, retentionDays, futureMax, other, readMax);
    }

    /// Refuses times that cannot be kept: throws `time_out_of_range`, turn `CALLER`, if `minNs` or
    /// `maxNs`, Unix nanoseconds, lie outside. `newestMs` is what the disk format can hold.
    public void check(String what, long minNs, long maxNs, long nowMs, long newestMs) {
        long from =
                retentionDays == 0
                        ? 0
                        : Math.max(0, nowMs - Duration.ofDays(retentionDays).toMillis());
        long to = Math.min(newestMs, nowMs + futureMax.toMillis());
        if (minNs < from * NS_PER_MS || maxNs > to * NS_PER_MS) {
            long wrong = (minNs < from * NS_PER_MS ? minNs : maxNs) / NS_PER_MS;
            throw new FaultException(
                    Fault.caller(
                            "time_out_of_range",
                            "A %s has the time %s; those from %s to %s are kept."
                                    .formatted(
                                            what,
                                            Instant.ofEpochMilli(wrong),
                                            Instant.ofEpochMilli(from),
                                            Instant.ofEpochMilli(to)),
                            "Look at the sender's clock; leave such data out."));
        }
    }
}
