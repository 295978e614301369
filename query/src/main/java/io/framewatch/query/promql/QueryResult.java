package io.framewatch.query.promql;

import java.util.List;

/// The answer to a query.
///
/// @param value the answer
/// @param warnings what is likely wrong with the query or its data, each with its position as
///   `(line:column)`; without duplicates
/// @param infos what is worth knowing about the answer, in the same form
/// @param stats what it cost
public record QueryResult(
        Value value, List<String> warnings, List<String> infos, QueryStats stats) {}
