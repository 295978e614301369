package io.framewatch.query.promql;

/// What a query cost.
///
/// @param seriesSelected series read from the store
/// @param samplesSelected samples read from the store
/// @param steps evaluation times
/// @param elapsedNs wall time from start to answer, nanoseconds
public record QueryStats(long seriesSelected, long samplesSelected, int steps, long elapsedNs) {}
