package io.framewatch.query.logql;

/// What a LogQL text turned out to be.
public sealed interface LogqlExpr {

    /// It asks for lines.
    ///
    /// @param query which
    record Lines(LogQuery query) implements LogqlExpr {}

    /// It asks for numbers.
    ///
    /// @param query which
    record Numbers(MetricQuery query) implements LogqlExpr {}
}
