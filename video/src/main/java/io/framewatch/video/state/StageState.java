package io.framewatch.video.state;

/// What can be true of a stage's run. The first that is true wins: DOWN, STOPPED, STALLED, SLOW,
/// UP.
public enum StageState {
    /// Works and keeps up.
    UP,
    /// Works, but media passes more slowly than it plays.
    SLOW,
    /// Its process was stopped by a signal and does not run.
    STOPPED,
    /// It has no process.
    DOWN,
    /// Its process runs, but no media passes.
    STALLED;

    /// The word in labels.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
