package io.framewatch.store;

import io.framewatch.model.TimeRange;

/// A function over windows, at steps with equal distances.
///
/// @param function what is computed
/// @param windowMs length of the window before each step, milliseconds, positive
/// @param startMs the first step, Unix milliseconds
/// @param stepMs distance of steps, milliseconds, positive
/// @param steps how many, at least 1
/// @param counted whether to tell how many samples each window holds
public record GridQuery(
        GridFunction function,
        long windowMs,
        long startMs,
        long stepMs,
        int steps,
        boolean counted) {

    /// Refuses a grid that is none.
    public GridQuery {
        if (windowMs <= 0 || stepMs <= 0 || steps <= 0) {
            throw new IllegalArgumentException("no grid: " + windowMs + " " + stepMs + " " + steps);
        }
    }

    /// The last step.
    public long endMs() {
        return startMs + (steps - 1) * stepMs;
    }

    /// The windows.
    public TimeWindows windows() {
        return new TimeWindows(range(), stepMs, windowMs);
    }

    /// From the first sample that a window sees to the last.
    public TimeRange range() {
        return new TimeRange(startMs - windowMs + 1, endMs());
    }
}
