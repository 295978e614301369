package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.TimeRange;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reference: reads samples from a store and computes every step here.
public final class SelectLeafSource implements LeafSource {

    private final MetricSelect select;

    /// Leaves read from `select`.
    public SelectLeafSource(MetricSelect select) {
        this.select = select;
    }

    @Override
    public List<GridSeries> instant(InstantLeaf leaf, StepGrid grid, QueryRun run) {
        long lookback = run.lookbackMs();
        long after = leaf.mode() == Mode.SMOOTHED ? lookback : 0;
        List<SeriesSamples> selected =
                read(
                        leaf.matchers(),
                        leaf.time().first(grid) - lookback + 1,
                        leaf.time().last(grid) + after,
                        run);
        List<GridSeries> result = new ArrayList<>(selected.size());
        for (SeriesSamples samples : selected) {
            run.check();
            run.hold(grid.steps());
            SeriesSamples ready = leaf.resolveResets() ? resolved(samples) : samples;
            GridSeries series =
                    leaf.mode() == Mode.SMOOTHED
                            ? Smoothing.instant(withoutStale(ready), leaf, grid, run)
                            : latest(ready, leaf, grid, lookback);
            if (series.hasAny()) {
                result.add(series);
            } else {
                run.release(grid.steps());
            }
            run.release(samples.size());
        }
        return result;
    }

    private static GridSeries latest(
            SeriesSamples samples, InstantLeaf leaf, StepGrid grid, long lookbackMs) {
        GridSeries series = GridSeries.empty(samples.labels(), false, grid.steps());
        long[] times = samples.timestampsMs();
        int next = 0;
        for (int step = 0; step < grid.steps(); step++) {
            long time = leaf.time().resolve(grid.timeMs(step));
            while (next < samples.size() && times[next] <= time) {
                next++;
            }
            int at = next - 1;
            if (at >= 0 && times[at] > time - lookbackMs) {
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
        if (isStale(samples, at)) {
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

    private static boolean isStale(SeriesSamples samples, int at) {
        NativeHistogram histogram = samples.histogram(at);
        return histogram == null ? StaleNaN.is(samples.values()[at]) : histogram.isStale();
    }

    @Override
    public List<GridSeries> range(RangeLeaf leaf, StepGrid grid, QueryRun run) {
        List<GridSeries> result = new ArrayList<>();
        for (SeriesSamples samples : readRange(leaf, grid, run)) {
            run.check();
            GridSeries series =
                    Windows.apply(
                            samples,
                            leaf.call(),
                            leaf.mode(),
                            leaf.time(),
                            leaf.rangeMs(),
                            false,
                            grid,
                            run);
            if (series != null) {
                result.add(series);
            }
            run.release(samples.size());
        }
        return result;
    }

    private List<SeriesSamples> readRange(RangeLeaf leaf, StepGrid grid, QueryRun run) {
        long before = leaf.mode() == Mode.PLAIN ? 0 : run.lookbackMs();
        long after = leaf.mode() == Mode.SMOOTHED ? run.lookbackMs() : 0;
        List<SeriesSamples> selected =
                read(
                        leaf.matchers(),
                        leaf.time().first(grid) - leaf.rangeMs() - before + 1,
                        leaf.time().last(grid) + after,
                        run);
        List<SeriesSamples> ready = new ArrayList<>(selected.size());
        for (SeriesSamples samples : selected) {
            SeriesSamples fresh = withoutStale(samples);
            ready.add(leaf.resolveResets() ? resolved(fresh) : fresh);
        }
        return ready;
    }

    @Override
    public List<SeriesSamples> raw(RangeLeaf leaf, long timeMs, QueryRun run) {
        return readRange(leaf, StepGrid.at(timeMs), run).stream()
                .filter(samples -> samples.size() > 0)
                .toList();
    }

    private List<SeriesSamples> read(
            List<io.framewatch.model.Matcher> matchers, long fromMs, long toMs, QueryRun run) {
        run.check();
        SelectLimits limits =
                new SelectLimits(
                        run.context().limits().seriesMax(), run.context().limits().samplesMax());
        List<SeriesSamples> selected =
                select.select(run.tenant(), matchers, new TimeRange(fromMs, toMs), limits);
        long samples = 0;
        for (SeriesSamples each : selected) {
            samples += each.size();
        }
        run.countSelected(selected.size(), samples);
        return selected;
    }

    private static SeriesSamples withoutStale(SeriesSamples samples) {
        int stale = 0;
        for (int i = 0; i < samples.size(); i++) {
            stale += isStale(samples, i) ? 1 : 0;
        }
        if (stale == 0) {
            return samples;
        }
        int size = samples.size() - stale;
        long[] times = new long[size];
        double[] values = new double[size];
        @Nullable NativeHistogram[] histograms = new NativeHistogram[size];
        long[] starts = new long[size];
        int at = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (!isStale(samples, i)) {
                times[at] = samples.timestampsMs()[i];
                values[at] = samples.values()[i];
                histograms[at] = samples.histogram(i);
                starts[at] = samples.startTimestampMs(i);
                at++;
            }
        }
        return new SeriesSamples(
                samples.labels(),
                size,
                times,
                values,
                samples.histograms() == null ? null : histograms,
                samples.startTimestampsMs() == null ? null : starts);
    }

    /// The same samples with every unknown counter-reset hint found by comparing neighbours.
    private static SeriesSamples resolved(SeriesSamples samples) {
        if (samples.histograms() == null) {
            return samples;
        }
        @Nullable NativeHistogram[] histograms = new NativeHistogram[samples.size()];
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram current = samples.histogram(i);
            NativeHistogram before = i == 0 ? null : samples.histogram(i - 1);
            histograms[i] =
                    current == null || before == null || before.isStale()
                            ? current
                            : CounterResets.resolved(before, current);
        }
        return new SeriesSamples(
                samples.labels(),
                samples.size(),
                samples.timestampsMs(),
                samples.values(),
                histograms,
                samples.startTimestampsMs());
    }
}
