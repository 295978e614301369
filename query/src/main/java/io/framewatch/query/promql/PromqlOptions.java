package io.framewatch.query.promql;

/// How expressions are evaluated.
///
/// @param lookbackMs how long a sample counts as the current value, milliseconds
/// @param subqueryStepMs step of subqueries that name none, milliseconds
/// @param pushFromMs an engine is asked to compute a leaf itself where each value stands for at
///   least so much time, milliseconds; where it stands for less, reading the samples costs less
/// @param startTimestamps whether `rate`, `irate`, `increase` and `resets` take into account when a
///   counter began to count, where that is known; in Prometheus that is experimental and off
public record PromqlOptions(
        long lookbackMs, long subqueryStepMs, long pushFromMs, boolean startTimestamps) {

    /// See `docs/decisions/0120-samples-rather-than-fine-grids.md` for the measurements.
    private static final long PUSH_FROM_MS = 600_000;

    /// Five minutes of lookback and a subquery step of one minute, as Prometheus has them.
    public static final PromqlOptions DEFAULT = new PromqlOptions(300_000, 60_000);

    /// Refuses durations that are not positive.
    public PromqlOptions {
        if (lookbackMs <= 0 || subqueryStepMs <= 0) {
            throw new IllegalArgumentException("lookback and subquery step must be positive");
        }
    }

    /// The same with the usual border between grids and samples.
    public PromqlOptions(long lookbackMs, long subqueryStepMs) {
        this(lookbackMs, subqueryStepMs, PUSH_FROM_MS, false);
    }

    /// The same with another border between grids and samples.
    public PromqlOptions withPushFrom(long ms) {
        return new PromqlOptions(lookbackMs, subqueryStepMs, ms, startTimestamps);
    }

    /// The same; `counted` tells whether start timestamps are taken into account.
    public PromqlOptions withStartTimestamps(boolean counted) {
        return new PromqlOptions(lookbackMs, subqueryStepMs, pushFromMs, counted);
    }
}
