package io.framewatch.query.promql.eval;

import org.jspecify.annotations.Nullable;

/// Which time a leaf looks at, given the time of a step.
///
/// @param atMs a fixed time in place of the step's, or null
/// @param offsetMs how far before it to look, may be negative
public record LeafTime(@Nullable Long atMs, long offsetMs) {

    /// The time looked at for a step at `stepMs`.
    public long resolve(long stepMs) {
        Long fixed = atMs;
        return (fixed == null ? stepMs : fixed) - offsetMs;
    }

    /// The earliest time looked at on `grid`.
    public long first(StepGrid grid) {
        return resolve(grid.startMs());
    }

    /// The latest time looked at on `grid`.
    public long last(StepGrid grid) {
        return resolve(grid.endMs());
    }
}
