package io.framewatch.query.promql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a query as it was run: what it was, what it cost, and of what it was made.
///
/// @param text the part of the query, or what stands for it where it was not written
/// @param position where it stands, as `line:column`
/// @param series series that came out of it
/// @param steps evaluation times
/// @param elapsedNs wall time with everything below, nanoseconds
/// @param leaf how its samples were read, if it is a selector or a function around one
/// @param parts what it was made of, in the order of evaluation
public record PlanNode(
        String text,
        String position,
        int series,
        int steps,
        long elapsedNs,
        @Nullable Leaf leaf,
        List<PlanNode> parts) {

    /// Where the samples of a leaf lay.
    public enum Place {
        /// All in memory.
        HOT,
        /// In the storage engine.
        ENGINE,
        /// The older steps in the engine, the others in memory.
        SPLIT
    }

    /// How a leaf was answered.
    ///
    /// @param place where its samples lay
    /// @param pushed the function that the engine computed, or null if samples were read
    /// @param engineSteps evaluation times that the engine answered
    /// @param series series found
    /// @param rawSeries of them, those whose samples were read, and not computed by the engine
    /// @param samples samples read, those that the engine computed from included
    public record Leaf(
            Place place,
            @Nullable String pushed,
            int engineSteps,
            long series,
            long rawSeries,
            long samples) {}
}
