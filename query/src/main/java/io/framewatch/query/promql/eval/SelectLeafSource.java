package io.framewatch.query.promql.eval;

import io.framewatch.model.TimeRange;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SeriesSamples;
import java.util.List;

/// Leaves answered by a store: from its samples where they are in memory, and by its engine before.
public final class SelectLeafSource implements LeafSource {

    private final MetricSelect select;
    private final long pushFromMs;

    /// Leaves read from `select`, whose engine computes those of which each value stands for at
    /// least `pushFromMs` milliseconds.
    public SelectLeafSource(MetricSelect select, long pushFromMs) {
        this.select = select;
        this.pushFromMs = pushFromMs;
    }

    private List<GridSeries> read(LeafWork work, StepGrid grid, QueryRun run) {
        return new LeafRead(select, work, grid, run, pushFromMs).series();
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
                select.select(run.tenant(), leaf.matchers(), range, run.selectLimits());
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
