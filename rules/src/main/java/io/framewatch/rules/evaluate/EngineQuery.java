package io.framewatch.rules.evaluate;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promql.engine.PromqlEngine;
import java.time.Duration;
import java.util.List;

/// Asks a [PromqlEngine], with a timeout.
public final class EngineQuery implements RuleQuery {

    private final PromqlEngine engine;
    private final Duration timeout;

    /// @param timeout longest evaluation of one expression
    public EngineQuery(PromqlEngine engine, Duration timeout) {
        this.engine = engine;
        this.timeout = timeout;
    }

    @Override
    public List<VectorSample> at(Tenant tenant, String expr, long timeMs) {
        QueryContext context = QueryContext.defaults().withTimeout(timeout).withoutWaiting();
        return switch (engine.instant(tenant, expr, timeMs, context).value()) {
            case VectorValue(List<VectorSample> samples) -> samples;
            case ScalarValue(long atMs, double value) ->
                    List.of(new VectorSample(Labels.EMPTY, atMs, value, null));
            case StringValue _, MatrixValue _ ->
                    throw new FaultException(
                            Fault.operator(
                                    "rule_result",
                                    "rule result is not a vector or scalar",
                                    "Write an expression that gives one number per series."));
        };
    }
}
