package io.framewatch.query.promql.engine;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.eval.Evaluator;
import io.framewatch.query.promql.eval.LeafSource;
import io.framewatch.query.promql.eval.QueryRun;
import io.framewatch.query.promql.eval.SelectLeafSource;
import io.framewatch.query.promql.eval.StepGrid;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.store.MetricSelect;

/// Evaluates PromQL over a store. Thread safe; one engine serves any number of queries at once.
public final class PromqlEngine {

    private final LeafSource leaves;
    private final PromqlOptions options;
    private final Clock clock;

    /// An engine that reads from `select`; `clock` is used for timeouts and statistics only.
    public PromqlEngine(MetricSelect select, PromqlOptions options, Clock clock) {
        this(new SelectLeafSource(select), options, clock);
    }

    /// An engine whose leaves are answered by `leaves`.
    public PromqlEngine(LeafSource leaves, PromqlOptions options, Clock clock) {
        this.leaves = leaves;
        this.options = options;
        this.clock = clock;
    }

    /// The value of `query` at `timeMs`, Unix milliseconds. A range selector gives a [MatrixValue].
    ///
    /// Throws `FaultException` with code `promql_parse` (message starts with `line:column`),
    /// `promql_eval`, `query_limit`, `query_timeout` or `query_canceled`.
    public QueryResult instant(Tenant tenant, String query, long timeMs, QueryContext context) {
        Expr expr = PromqlParser.parse(query);
        QueryRun run = run(tenant, query, StepGrid.at(timeMs), false, context);
        return new Answers(run, new Evaluator(run, leaves), leaves).instant(expr);
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
        Expr expr = PromqlParser.parse(query);
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
            throw rangeFault(
                    "invalid expression type \""
                            + expr.type().words()
                            + "\" for range query, must be scalar or instant vector.");
        }
        StepGrid grid = grid(startMs, endMs, stepMs, context.limits().stepsMax());
        QueryRun run = run(tenant, query, grid, true, context);
        return new Answers(run, new Evaluator(run, leaves), leaves).range(expr);
    }

    private static StepGrid grid(long startMs, long endMs, long stepMs, int stepsMax) {
        if (stepMs <= 0) {
            throw rangeFault("zero or negative query resolution step widths are not accepted.");
        }
        if (endMs < startMs) {
            throw rangeFault("end timestamp must not be before start time.");
        }
        long steps = (endMs - startMs) / stepMs + 1;
        if (steps > stepsMax) {
            throw rangeFault(
                    "exceeded maximum resolution of "
                            + stepsMax
                            + " points per timeseries. Try decreasing the query resolution"
                            + " (?step=XX).");
        }
        return new StepGrid(startMs, stepMs, (int) steps);
    }

    private static FaultException rangeFault(String what) {
        return new FaultException(
                Fault.caller("query_range", what, "Choose another range or step."));
    }

    private QueryRun run(
            Tenant tenant, String query, StepGrid grid, boolean range, QueryContext context) {
        return new QueryRun(
                tenant,
                query,
                grid,
                range,
                context.lookbackMs().orElse(options.lookbackMs()),
                options.subqueryStepMs(),
                context,
                clock);
    }
}
