package io.framewatch.query.promql;

/// What a query cost.
///
/// @param seriesSelected series read from the store
/// @param samplesSelected samples read from the store, by itself or by the engine
/// @param peakSamples most samples held in memory at once
/// @param steps evaluation times
/// @param elapsedNs wall time from start to answer, nanoseconds
/// @param queuedNs how long it waited for its turn before that, nanoseconds
/// @param plan how it was run
public record QueryStats(
        long seriesSelected,
        long samplesSelected,
        long peakSamples,
        int steps,
        long elapsedNs,
        long queuedNs,
        PlanNode plan) {}
