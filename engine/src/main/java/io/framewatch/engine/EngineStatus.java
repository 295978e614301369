package io.framewatch.engine;

/// How the engine's process is.
///
/// @param state where it stands
/// @param pid its process id, 0 if there is none
/// @param sinceMs since when it stands there, Unix milliseconds
/// @param restarts how often it was started again
/// @param lastWords the last line it wrote to its log, empty if none
public record EngineStatus(State state, long pid, long sinceMs, long restarts, String lastWords) {

    /// Where an engine stands.
    public enum State {
        /// Its process runs and does not answer yet.
        STARTING,
        /// It answers.
        READY,
        /// It ended and is started again after a pause.
        WAITING,
        /// It was told to stop.
        STOPPED
    }
}
