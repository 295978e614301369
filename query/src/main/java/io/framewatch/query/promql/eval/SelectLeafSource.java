package io.framewatch.query.promql.eval;

import io.framewatch.model.TimeRange;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import java.util.List;

/// Leaves answered by a store: from its samples where they are in memory, and by its engine before.
public final class SelectLeafSource implements LeafSource {

    private final MetricSelect select;
    private final long pushFromMs;
    private final boolean startTimestamps;

    /// Leaves read from `select`, whose engine computes those of which each value stands for at
    /// least `pushFromMs` milliseconds.
    ///
    /// @param startTimestamps whether functions of counters take start timestamps into account
    public SelectLeafSource(MetricSelect select, long pushFromMs, boolean startTimestamps) {
        this.select = select;
        this.pushFromMs = pushFromMs;
        this.startTimestamps = startTimestamps;
    }

    private List<GridSeries> read(LeafWork work, StepGrid grid, QueryRun run) {
        return new LeafRead(select, work, grid, run, pushFromMs, limits(work, run)).series();
    }

    private SelectLimits limits(LeafWork work, QueryRun run) {
        return run.selectLimits().withStarts(work.readsStarts(startTimestamps));
    }

    @Override
    public List<GridSeries> instant(InstantLeaf leaf, StepGrid grid, QueryRun run) {
        return read(new InstantWork(leaf, grid, run), grid, run);
    }

    @Override
    public List<GridSeries> range(RangeLeaf leaf, StepGrid grid, QueryRun run) {
        return read(new RangeWork(leaf, grid, run), grid, run);
    }

    @Override
    public List<SeriesSamples> raw(RangeLeaf leaf, long timeMs, QueryRun run) {
        run.check();
        RangeWork work = new RangeWork(leaf, StepGrid.at(timeMs), run);
        long end = leaf.time().resolve(timeMs);
        TimeRange range =
                new TimeRange(end - work.windowMs() - work.beforeMs() + 1, end + work.afterMs());
        List<SeriesSamples> selected =
                select.select(run.tenant(), leaf.matchers(), range, limits(work, run));
        run.countSelected(selected.size(), selected.stream().mapToLong(SeriesSamples::size).sum());
        List<SeriesSamples> ready =
                selected.stream().map(work::ready).filter(samples -> samples.size() > 0).toList();
        StepCounts counts = run.stepCounts();
        if (counts != null) {
            counts.addEverywhere(ready.stream().mapToLong(StepCounts::of).sum());
        }
        return ready;
    }
}
