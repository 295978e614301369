package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.GridFunction;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// An instant selector: the newest sample of the lookback, unless that is a stale marker.
final class InstantWork extends LeafWork {

    private final InstantLeaf leaf;

    InstantWork(InstantLeaf leaf, StepGrid grid, QueryRun run) {
        super(leaf.matchers(), leaf.time(), grid, run);
        this.leaf = leaf;
    }

    @Override
    long windowMs() {
        return run.lookbackMs();
    }

    @Override
    long beforeMs() {
        return 0;
    }

    @Override
    long afterMs() {
        return leaf.mode() == Mode.SMOOTHED ? run.lookbackMs() : 0;
    }

    @Override
    @Nullable GridFunction pushed() {
        boolean plain =
                leaf.mode() == Mode.PLAIN && leaf.extraction() == InstantLeaf.Extraction.VALUE;
        return plain ? GridFunction.LAST : null;
    }

    @Override
    boolean readsStarts(boolean counted) {
        return leaf.extraction() == InstantLeaf.Extraction.START_TIMESTAMP;
    }

    @Override
    void count(SeriesSamples samples, int from, int to, long[] counts) {
        // Its values tell.
    }

    @Override
    boolean countsValues() {
        return true;
    }

    @Override
    GridSeries computed(Labels labels, double[] values) {
        return GridSeries.of(labels, false, values);
    }

    @Override
    @Nullable GridSeries compute(SeriesSamples samples, int from, int to) {
        SeriesSamples ready = leaf.resolveResets() ? Samples.resolved(samples) : samples;
        GridSeries series =
                leaf.mode() == Mode.SMOOTHED
                        ? Smoothing.instant(Samples.withoutStale(ready), leaf, grid, from, to, run)
                        : latest(ready, from, to);
        return series.hasAny() ? series : null;
    }

    private GridSeries latest(SeriesSamples samples, int from, int to) {
        GridSeries series = GridSeries.empty(samples.labels(), false, grid.steps());
        long[] times = samples.timestampsMs();
        double[] values = samples.values();
        boolean plain =
                samples.histograms() == null && leaf.extraction() == InstantLeaf.Extraction.VALUE;
        int size = samples.size();
        long lookbackMs = run.lookbackMs();
        int next = 0;
        for (int step = from; step < to; step++) {
            long time = leaf.time().resolve(grid.timeMs(step));
            while (next < size && times[next] <= time) {
                next++;
            }
            int at = next - 1;
            if (at < 0 || times[at] <= time - lookbackMs) {
                continue;
            }
            if (plain) {
                series.values()[step] = values[at]; // a stale marker is what stands for none
            } else {
                take(series, step, samples, at, leaf.extraction());
            }
        }
        return series;
    }

    private static void take(
            GridSeries series,
            int step,
            SeriesSamples samples,
            int at,
            InstantLeaf.Extraction extraction) {
        NativeHistogram histogram = samples.histogram(at);
        if (Samples.isStale(samples, at)) {
            return;
        }
        switch (extraction) {
            case VALUE -> {
                if (histogram != null) {
                    series.set(step, histogram);
                } else {
                    series.set(step, samples.values()[at]);
                }
            }
            case TIMESTAMP -> series.set(step, samples.timestampsMs()[at] / 1000.0);
            case START_TIMESTAMP -> {
                long start = samples.startTimestampMs(at);
                series.set(step, start == SeriesSamples.NO_START ? 0 : start / 1000.0);
            }
        }
    }
}
