package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// How many samples each step looks at, as Prometheus counts them: of a selector the sample that is
/// current, of a range all samples in it, also those that the step before has seen. A subquery
/// counts the samples that came out of it, not those it was made from. Thread safe.
final class StepCounts {

    /// Bytes of Prometheus's histogram without its arrays.
    private static final int HISTOGRAM_BYTES = 168;

    private static final int FLOAT_BYTES = 16;

    private final long[] counts;

    StepCounts(int steps) {
        this.counts = new long[steps];
    }

    /// Adds so many samples at every step.
    synchronized void addEverywhere(long samples) {
        for (int step = 0; step < counts.length; step++) {
            counts[step] += samples;
        }
    }

    /// Adds what is counted at the first steps.
    synchronized void add(long[] others) {
        for (int step = 0; step < others.length; step++) {
            counts[step] += others[step];
        }
    }

    /// Adds the samples of the series that each step has.
    void addPresent(Iterable<GridSeries> series) {
        long[] present = new long[counts.length];
        for (GridSeries each : series) {
            for (int step = 0; step < present.length; step++) {
                if (each.has(step)) {
                    present[step] += weight(each.histogram(step));
                }
            }
        }
        add(present);
    }

    /// Adds the samples in the window of each step from `from` to `to` (exclusive) to `counts`.
    static void windows(
            SeriesSamples samples,
            LeafTime time,
            long rangeMs,
            StepGrid grid,
            int from,
            int to,
            long[] counts) {
        long[] times = samples.timestampsMs();
        int first = 0;
        int after = 0;
        long inside = 0;
        for (int step = from; step < to; step++) {
            long endMs = time.resolve(grid.timeMs(step));
            while (after < samples.size() && times[after] <= endMs) {
                inside += weight(samples.histogram(after++));
            }
            while (first < after && times[first] <= endMs - rangeMs) {
                inside -= weight(samples.histogram(first++));
            }
            counts[step] += inside;
        }
    }

    /// All samples of a series.
    static long of(SeriesSamples samples) {
        long all = 0;
        for (int i = 0; i < samples.size(); i++) {
            all += weight(samples.histogram(i));
        }
        return all;
    }

    /// A float is one sample, a histogram as many as take its room in Prometheus's memory.
    private static long weight(@Nullable NativeHistogram histogram) {
        if (histogram == null) {
            return 1;
        }
        int elements =
                histogram.positiveSpans().length
                        + histogram.negativeSpans().length
                        + histogram.positiveBuckets().length
                        + histogram.negativeBuckets().length
                        + histogram.customValues().length;
        return (HISTOGRAM_BYTES + 8L * elements + 8) / FLOAT_BYTES;
    }

    /// Of all steps together.
    synchronized long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /// A copy, step by step.
    synchronized long[] toArray() {
        return counts.clone();
    }
}
