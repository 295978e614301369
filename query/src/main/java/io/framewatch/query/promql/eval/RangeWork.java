package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.GridFunction;
import io.framewatch.store.SeriesSamples;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function over the range before each step.
final class RangeWork extends LeafWork {

    /// Functions of which the engine's answers agree with ours, see
    /// `docs/decisions/0061-what-is-pushed-down.md`.
    private static final Map<String, GridFunction> PUSHED =
            Map.of(
                    "rate", GridFunction.RATE,
                    "increase", GridFunction.INCREASE,
                    "delta", GridFunction.DELTA,
                    "irate", GridFunction.IRATE,
                    "idelta", GridFunction.IDELTA,
                    "last_over_time", GridFunction.LAST_OVER_TIME,
                    "changes", GridFunction.CHANGES,
                    "resets", GridFunction.RESETS);

    /// Functions that take start timestamps into account, see [StartTimes].
    private static final Set<String> WITH_STARTS = Set.of("rate", "increase", "irate", "resets");

    private final RangeLeaf leaf;

    RangeWork(RangeLeaf leaf, StepGrid grid, QueryRun run) {
        super(leaf.matchers(), leaf.time(), grid, run);
        this.leaf = leaf;
    }

    @Override
    long windowMs() {
        return leaf.rangeMs();
    }

    @Override
    long beforeMs() {
        return leaf.mode() == Mode.PLAIN ? 0 : run.lookbackMs();
    }

    @Override
    long afterMs() {
        return leaf.mode() == Mode.SMOOTHED ? run.lookbackMs() : 0;
    }

    @Override
    @Nullable GridFunction pushed() {
        return leaf.mode() == Mode.PLAIN ? PUSHED.get(leaf.call().name()) : null;
    }

    @Override
    boolean readsStarts(boolean counted) {
        return counted && WITH_STARTS.contains(leaf.call().name());
    }

    @Override
    GridSeries computed(Labels labels, double[] values) {
        boolean counter =
                leaf.call().name().equals("rate") || leaf.call().name().equals("increase");
        if (counter) {
            CounterNames.check(labels, leaf.call().span(), run.annotations());
        }
        boolean drop = !RangeFunctions.keepsName(leaf.call().name());
        return GridSeries.of(labels, drop, values);
    }

    @Override
    void count(SeriesSamples samples, int from, int to, long[] counts) {
        StepCounts.windows(
                Samples.withoutStale(samples), time(), leaf.rangeMs(), grid, from, to, counts);
    }

    @Override
    boolean countsValues() {
        return false;
    }

    @Override
    @Nullable GridSeries compute(SeriesSamples samples, int from, int to) {
        return Windows.apply(
                ready(samples),
                leaf.call(),
                leaf.mode(),
                leaf.time(),
                leaf.rangeMs(),
                false,
                grid,
                from,
                to,
                run);
    }

    /// The samples as the function is to see them.
    SeriesSamples ready(SeriesSamples samples) {
        SeriesSamples fresh = Samples.withoutStale(samples);
        return leaf.resolveResets() ? Samples.resolved(fresh) : fresh;
    }
}
