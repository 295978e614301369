package io.framewatch.query.promql.eval;

/// The times an expression is evaluated at.
///
/// @param startMs the first, Unix milliseconds
/// @param stepMs distance, positive
/// @param steps how many, at least 1
public record StepGrid(long startMs, long stepMs, int steps) {

    /// A single time.
    public static StepGrid at(long timeMs) {
        return new StepGrid(timeMs, 1, 1);
    }

    /// Time of step `index`.
    public long timeMs(int index) {
        return startMs + index * stepMs;
    }

    /// The last time.
    public long endMs() {
        return timeMs(steps - 1);
    }
}
