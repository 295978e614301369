package io.framewatch.query.promql;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;

/// The time of one query, from when it starts: how much it has taken, and whether it is over
/// because the query was cancelled or took longer than it may. Thread safe.
public final class QueryTime {

    private static final long NS_PER_MS = 1_000_000;

    private final QueryContext context;
    private final Clock clock;
    private final long startNs;

    /// The time of a query that starts now.
    public QueryTime(QueryContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.startNs = clock.nanoTime();
    }

    /// Throws `query_canceled` or `query_timeout` if it is over.
    public void check() {
        if (context.cancelled()) {
            throw new FaultException(canceled());
        }
        if (elapsedNs() / NS_PER_MS > context.limits().timeoutMs()) {
            throw new FaultException(timeout(context.limits().timeoutMs()));
        }
    }

    /// Time since the start, nanoseconds.
    public long elapsedNs() {
        return clock.nanoTime() - startNs;
    }

    /// Time that is left, milliseconds, at least 1.
    public long leftMs() {
        return Math.max(1, context.limits().timeoutMs() - elapsedNs() / NS_PER_MS);
    }

    /// Somebody cancelled the query.
    public static Fault canceled() {
        return Fault.caller("query_canceled", "The query was canceled.", "Send it again.");
    }

    /// The query took longer than `timeoutMs`, milliseconds.
    public static Fault timeout(long timeoutMs) {
        return Fault.caller(
                "query_timeout",
                "The query took longer than " + timeoutMs + " ms.",
                "Shorten the range or narrow the selectors.");
    }
}
