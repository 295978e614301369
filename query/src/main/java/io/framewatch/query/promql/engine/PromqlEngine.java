package io.framewatch.query.promql.engine;

import io.framewatch.model.Clock;
import io.framewatch.model.Computing;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.eval.Evaluator;
import io.framewatch.query.promql.eval.LeafSource;
import io.framewatch.query.promql.eval.QueryRun;
import io.framewatch.query.promql.eval.SelectLeafSource;
import io.framewatch.query.promql.eval.StepGrid;
import io.framewatch.store.MetricSelect;

/// Evaluates PromQL over a store. Thread safe; one engine serves any number of queries at once.
public final class PromqlEngine {

    private final LeafSource leaves;
    private final PromqlOptions options;
    private final QueryGuard guard;
    private final ParsedQueries parsed = new ParsedQueries();
    private final Clock clock;

    /// An engine that reads from `select`; `clock` is used for timeouts and statistics only.
    public PromqlEngine(MetricSelect select, PromqlOptions options, Clock clock) {
        this(select, options, new QueryGuard(QueryGuard.Limits.ofProcess(), clock), clock);
    }

    /// The same, with a guard over its queries.
    public PromqlEngine(MetricSelect select, PromqlOptions options, QueryGuard guard, Clock clock) {
        this.leaves = new SelectLeafSource(select, options.pushFromMs(), options.startTimestamps());
        this.options = options;
        this.guard = guard;
        this.clock = clock;
    }

    /// What guards its queries.
    public QueryGuard guard() {
        return guard;
    }

    private QueryGuard.Turn turn(Tenant tenant, QueryContext context) {
        return context.atOnce() ? guard.enterAtOnce() : guard.enter(tenant);
    }

    /// The value of `query` at `timeMs`, Unix milliseconds. A range selector gives a [MatrixValue].
    ///
    /// Throws `FaultException` with code `promql_parse` (message starts with `line:column`),
    /// `promql_eval`, `query_limit`, `query_timeout` or `query_canceled`; with turn `LATER`
    /// `query_busy` or `query_memory` where other queries leave no room.
    public QueryResult instant(Tenant tenant, String query, long timeMs, QueryContext context) {
        Expr expr = parsed.parse(query);
        try (QueryGuard.Turn turn = turn(tenant, context)) {
            QueryRun run = run(tenant, query, StepGrid.at(timeMs), false, context, turn);
            Answers answers = new Answers(run, new Evaluator(run, leaves), leaves);
            return Computing.run(() -> answers.instant(expr));
        }
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
        Expr expr = parsed.parse(query);
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
            throw rangeFault(
                    "invalid expression type \""
                            + expr.type().words()
                            + "\" for range query, must be scalar or instant vector.");
        }
        StepGrid grid = grid(startMs, endMs, stepMs, context.limits().stepsMax());
        try (QueryGuard.Turn turn = turn(tenant, context)) {
            QueryRun run = run(tenant, query, grid, true, context, turn);
            Answers answers = new Answers(run, new Evaluator(run, leaves), leaves);
            return Computing.run(() -> answers.range(expr));
        }
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
            Tenant tenant,
            String query,
            StepGrid grid,
            boolean range,
            QueryContext context,
            QueryGuard.Turn turn) {
        return new QueryRun(
                tenant,
                query,
                grid,
                range,
                context.lookbackMs().orElse(options.lookbackMs()),
                options.subqueryStepMs(),
                context,
                turn,
                clock);
    }
}
