package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.GridFunction;
import io.framewatch.store.SeriesSamples;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function over the range before each step.
final class RangeWork implements LeafWork {

    /// Functions of which the engine's answers agree with ours, see
    /// `docs/decisions/0061-what-is-pushed-down.md`.
    private static final Map<String, GridFunction> PUSHED =
            Map.of(
                    "rate", GridFunction.RATE,
                    "increase", GridFunction.INCREASE,
                    "delta", GridFunction.DELTA,
                    "irate", GridFunction.IRATE,
                    "idelta", GridFunction.IDELTA,
                    "changes", GridFunction.CHANGES,
                    "resets", GridFunction.RESETS);

    private final RangeLeaf leaf;
    private final StepGrid grid;
    private final QueryRun run;

    RangeWork(RangeLeaf leaf, StepGrid grid, QueryRun run) {
        this.leaf = leaf;
        this.grid = grid;
        this.run = run;
    }

    @Override
    public List<Matcher> matchers() {
        return leaf.matchers();
    }

    @Override
    public LeafTime time() {
        return leaf.time();
    }

    @Override
    public long windowMs() {
        return leaf.rangeMs();
    }

    @Override
    public long beforeMs() {
        return leaf.mode() == Mode.PLAIN ? 0 : run.lookbackMs();
    }

    @Override
    public long afterMs() {
        return leaf.mode() == Mode.SMOOTHED ? run.lookbackMs() : 0;
    }

    @Override
    public @Nullable GridFunction pushed() {
        return leaf.mode() == Mode.PLAIN ? PUSHED.get(leaf.call().name()) : null;
    }

    @Override
    public GridSeries computed(Labels labels, double[] values) {
        boolean counter =
                leaf.call().name().equals("rate") || leaf.call().name().equals("increase");
        if (counter) {
            CounterNames.check(labels, leaf.call().span(), run.annotations());
        }
        boolean drop = !RangeFunctions.keepsName(leaf.call().name());
        return GridSeries.of(labels, drop, values);
    }

    @Override
    public @Nullable GridSeries compute(SeriesSamples samples, int from, int to) {
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
