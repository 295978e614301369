package io.framewatch.query.promql;

import java.time.Duration;
import java.util.OptionalLong;

/// What one query may use, and the handle to stop it. One context serves one query. Thread safe:
/// [#cancel()] may be called from any thread.
public final class QueryContext {

    private final QueryLimits limits;
    private final OptionalLong lookbackMs;
    private final boolean atOnce;
    private final boolean counted;
    private volatile boolean cancelled;

    private QueryContext(
            QueryLimits limits, OptionalLong lookbackMs, boolean atOnce, boolean counted) {
        this.limits = limits;
        this.lookbackMs = lookbackMs;
        this.atOnce = atOnce;
        this.counted = counted;
    }

    /// A context with the default limits.
    public static QueryContext defaults() {
        return new QueryContext(QueryLimits.DEFAULT, OptionalLong.empty(), false, false);
    }

    /// A context with these limits.
    public static QueryContext of(QueryLimits limits) {
        return new QueryContext(limits, OptionalLong.empty(), false, false);
    }

    /// The same limits with another timeout.
    public QueryContext withTimeout(Duration timeout) {
        return new QueryContext(
                new QueryLimits(
                        limits.seriesMax(),
                        limits.samplesMax(),
                        limits.stepsMax(),
                        timeout.toMillis()),
                lookbackMs,
                atOnce,
                counted);
    }

    /// The same for a query that never waits for its turn, as those of rules must not.
    public QueryContext withoutWaiting() {
        return new QueryContext(limits, lookbackMs, true, counted);
    }

    /// The same for a query that tells what each step has looked at, which costs a little more.
    public QueryContext withStepCounts() {
        return new QueryContext(limits, lookbackMs, atOnce, true);
    }

    /// The same limits with a lookback of this query's own.
    public QueryContext withLookback(Duration lookback) {
        return new QueryContext(limits, OptionalLong.of(lookback.toMillis()), atOnce, counted);
    }

    /// The limits.
    public QueryLimits limits() {
        return limits;
    }

    /// Whether it does not wait for its turn.
    public boolean atOnce() {
        return atOnce;
    }

    /// Whether the samples of each step are counted.
    public boolean counted() {
        return counted;
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
