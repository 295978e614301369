package io.framewatch.store.flush;

import java.time.Duration;

/// How the flusher paces itself.
///
/// @param interval how often it flushes by itself
/// @param gapMin shortest pause between two flushes, however many wait for one
/// @param retryMax longest pause after a failure; pauses grow up to it
public record FlushOptions(Duration interval, Duration gapMin, Duration retryMax) {

    /// Every second; after failures every ten at the latest.
    public static final FlushOptions DEFAULT =
            new FlushOptions(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10));
}
