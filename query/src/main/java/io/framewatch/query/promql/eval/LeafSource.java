package io.framewatch.query.promql.eval;

import java.util.List;

/// Answers the leaves of an expression over a grid. Implementations may read samples and compute,
/// or have a store compute. Thread safe.
public interface LeafSource {

    /// Series of an instant selector, sorted by labels, those without any sample left out.
    List<GridSeries> instant(InstantLeaf leaf, StepGrid grid, QueryRun run);

    /// Series of a function over ranges, sorted by labels of the input series, those without any
    /// sample left out. Labels keep the metric name.
    List<GridSeries> range(RangeLeaf leaf, StepGrid grid, QueryRun run);

    /// The raw samples of a range selector at one time.
    List<io.framewatch.store.SeriesSamples> raw(RangeLeaf leaf, long timeMs, QueryRun run);
}
