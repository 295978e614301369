package io.framewatch.query.promql;

/// What a query answers. Immutable by convention: nobody changes the lists or arrays inside.
public sealed interface Value permits ScalarValue, StringValue, VectorValue, MatrixValue {

    /// The kind as the Prometheus HTTP API names it: `scalar`, `string`, `vector` or `matrix`.
    String kind();
}
