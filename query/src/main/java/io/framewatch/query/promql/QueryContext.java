package io.framewatch.query.promql;

import java.time.Duration;
import java.util.OptionalLong;

/// What one query may use, and the handle to stop it. One context serves one query. Thread safe:
/// [#cancel()] may be called from any thread.
public final class QueryContext {

    private final QueryLimits limits;
    private final OptionalLong lookbackMs;
    private volatile boolean cancelled;

    private QueryContext(QueryLimits limits, OptionalLong lookbackMs) {
        this.limits = limits;
        this.lookbackMs = lookbackMs;
    }

    /// A context with the default limits.
    public static QueryContext defaults() {
        return new QueryContext(QueryLimits.DEFAULT, OptionalLong.empty());
    }

    /// A context with these limits.
    public static QueryContext of(QueryLimits limits) {
        return new QueryContext(limits, OptionalLong.empty());
    }

    /// The same limits with another timeout.
    public QueryContext withTimeout(Duration timeout) {
        return new QueryContext(
                new QueryLimits(
                        limits.seriesMax(),
                        limits.samplesMax(),
                        limits.stepsMax(),
                        timeout.toMillis()),
                lookbackMs);
    }

    /// The same limits with a lookback of this query's own.
    public QueryContext withLookback(Duration lookback) {
        return new QueryContext(limits, OptionalLong.of(lookback.toMillis()));
    }

    /// The limits.
    public QueryLimits limits() {
        return limits;
    }

    /// The lookback asked for, empty to use the engine's, milliseconds.
    public OptionalLong lookbackMs() {
        return lookbackMs;
    }

    /// Stops the query soon; it then throws a fault with code `query_canceled`.
    public void cancel() {
        cancelled = true;
    }

    /// Whether somebody cancelled the query.
    public boolean cancelled() {
        return cancelled;
    }
}
