package io.framewatch.query.promql.eval;

import java.util.List;

/// What an expression is over all steps.
public sealed interface GridValue {

    /// A number at each step.
    record Scalars(double[] values) implements GridValue {}

    /// A text.
    record Text(String value) implements GridValue {}

    /// Series; the order matters only to sorting functions.
    record Vectors(List<GridSeries> series) implements GridValue {}
}
