package io.framewatch.query.promql;

/// How expressions are evaluated.
///
/// @param lookbackMs how long a sample counts as the current value, milliseconds
/// @param subqueryStepMs step of subqueries that name none, milliseconds
public record PromqlOptions(long lookbackMs, long subqueryStepMs) {

    /// Five minutes of lookback and a subquery step of one minute, as Prometheus has them.
    public static final PromqlOptions DEFAULT = new PromqlOptions(300_000, 60_000);

    /// Refuses durations that are not positive.
    public PromqlOptions {
        if (lookbackMs <= 0 || subqueryStepMs <= 0) {
            throw new IllegalArgumentException("lookback and subquery step must be positive");
        }
    }
}
