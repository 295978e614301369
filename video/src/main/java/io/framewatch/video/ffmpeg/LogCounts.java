package io.framewatch.video.ffmpeg;

import java.util.concurrent.atomic.AtomicLongArray;

/// How many lines of each level and each signature a stage has logged, over all its processes.
/// Thread safe.
public final class LogCounts {

    private final AtomicLongArray levels = new AtomicLongArray(LogLevel.values().length);
    private final AtomicLongArray signatures = new AtomicLongArray(LogSignature.values().length);

    /// All counts 0.
    public LogCounts() {}

    void count(LogLevel level, LogSignature signature) {
        levels.incrementAndGet(level.ordinal());
        signatures.incrementAndGet(signature.ordinal());
    }

    /// Lines of this level.
    public long of(LogLevel level) {
        return levels.get(level.ordinal());
    }

    /// Lines of this signature.
    public long of(LogSignature signature) {
        return signatures.get(signature.ordinal());
    }
}
