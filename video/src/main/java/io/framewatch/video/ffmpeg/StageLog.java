package io.framewatch.video.ffmpeg;

/// Takes what a stage's process logs. Thread safe; returns soon and never throws, because it is
/// called by the thread that empties the process's pipe.
@FunctionalInterface
public interface StageLog {

    /// Takes one record.
    void take(StageLogRecord entry);

    /// A log that keeps nothing.
    static StageLog none() {
        return entry -> {};
    }
}
