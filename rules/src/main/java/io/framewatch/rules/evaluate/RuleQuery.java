package io.framewatch.rules.evaluate;

import io.framewatch.model.Tenant;
import io.framewatch.query.promql.VectorSample;
import java.util.List;

/// Answers PromQL at one time. Thread safe.
@FunctionalInterface
public interface RuleQuery {

    /// The samples of an expression that gives a vector or a number. Throws `FaultException` when
    /// the expression fails.
    List<VectorSample> at(Tenant tenant, String expr, long timeMs);
}
