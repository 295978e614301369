package io.framewatch.store.flush;

import java.time.Duration;

/// How the flusher paces itself: seldom, since the engine has less to do with few large parts than
/// with many small ones, and the hot window answers meanwhile.
///
/// @param interval how often it flushes by itself
/// @param gapMin shortest pause between two flushes, however many wait for one
/// @param retryMax longest pause after a failure; pauses grow up to it
/// @param waitingBytesMax so much in the log is flushed before the interval is over
public record FlushOptions(
        Duration interval, Duration gapMin, Duration retryMax, int waitingBytesMax) {

    /// A flush takes some three times as much outside the heap, which by default may be as large as
    /// the heap.
    private static final int WAITING_BYTES_MAX =
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 32, 8L << 20, 48L << 20);

    /// Every minute or 48 MiB, two million samples (less where the heap may have less than 1.5
    /// GiB); after failures every ten seconds at the latest.
    public static final FlushOptions DEFAULT =
            new FlushOptions(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(10));

    /// The usual amount of waiting bytes.
    public FlushOptions(Duration interval, Duration gapMin, Duration retryMax) {
        this(interval, gapMin, retryMax, WAITING_BYTES_MAX);
    }
}
