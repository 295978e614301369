package io.framewatch.query.promql;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricSelect;

/// Evaluates PromQL over a store. Thread safe; one engine serves any number of queries at once.
public final class PromqlEngine {

    private final MetricSelect select;
    private final PromqlOptions options;
    private final Clock clock;

    /// An engine that reads from `select`; `clock` is used for timeouts and statistics only.
    public PromqlEngine(MetricSelect select, PromqlOptions options, Clock clock) {
        this.select = select;
        this.options = options;
        this.clock = clock;
    }

    /// The value of `query` at `timeMs`, Unix milliseconds.
    ///
    /// Throws `FaultException` with code `promql_parse` (message starts with `line:column`),
    /// `promql_eval`, `query_limit`, `query_timeout` or `query_canceled`.
    public QueryResult instant(Tenant tenant, String query, long timeMs, QueryContext context) {
        throw new FaultException(
                Fault.defect("No evaluator of " + query + select + options + clock));
    }

    /// The value of `query` at `startMs`, `startMs + stepMs` ... up to and including `endMs`;
    /// always a [MatrixValue].
    ///
    /// Throws as [#instant] does, and `query_range` for a range that cannot be walked.
    public QueryResult range(
            Tenant tenant,
            String query,
            long startMs,
            long endMs,
            long stepMs,
            QueryContext context) {
        throw new FaultException(Fault.defect("No evaluator of " + query));
    }
}
