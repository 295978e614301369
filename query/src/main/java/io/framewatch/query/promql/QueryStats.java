package io.framewatch.query.promql;

/// What a query cost.
///
/// @param seriesSelected series read from the store
/// @param samplesSelected samples read from the store, by itself or by the engine, each once
/// @param peakSamples most samples held in memory at once
/// @param stepSamples samples that each step looked at, as Prometheus counts them: one that the
///   ranges of two steps hold counts at both; empty unless [QueryContext#withStepCounts] asks
/// @param steps evaluation times
/// @param elapsedNs wall time from start to answer, nanoseconds
/// @param queuedNs how long it waited for its turn before that, nanoseconds
/// @param plan how it was run
public record QueryStats(
        long seriesSelected,
        long samplesSelected,
        long peakSamples,
        StepSamples stepSamples,
        int steps,
        long elapsedNs,
        long queuedNs,
        PlanNode plan) {

    /// Samples by step.
    ///
    /// @param startMs time of the first step, Unix milliseconds
    /// @param stepMs distance of steps, milliseconds
    /// @param counts of each step; nobody changes it
    public record StepSamples(long startMs, long stepMs, long[] counts) {

        /// Of all steps.
        public long total() {
            long total = 0;
            for (long count : counts) {
                total += count;
            }
            return total;
        }
    }
}
