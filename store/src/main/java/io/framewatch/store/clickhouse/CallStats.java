package io.framewatch.store.clickhouse;

import java.util.Map;

/// What was asked of an engine since the start.
///
/// @param running calls under way
/// @param queries queries ended
/// @param inserts inserts ended
/// @param nanos time that queries and inserts took, nanoseconds
/// @param errors calls that failed, by kind: `timeout`, `memory`, `busy`, `canceled`, `gone`,
///   `refused`, `starting`
public record CallStats(
        long running, long queries, long inserts, long nanos, Map<String, Long> errors) {}
