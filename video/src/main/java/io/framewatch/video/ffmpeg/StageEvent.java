package io.framewatch.video.ffmpeg;

/// Something that happened to a stage's process.
///
/// @param atMs when, Unix milliseconds
/// @param stage whose
/// @param kind what
/// @param detail in words, without a full stop; may be empty
public record StageEvent(long atMs, StageId stage, Kind kind, String detail) {

    /// What can happen.
    public enum Kind {
        /// The first process was started.
        STARTED,
        /// The process ended without being asked to.
        ENDED,
        /// A further process was started.
        RESTARTED,
        /// No process can be started.
        FAILED
    }
}
