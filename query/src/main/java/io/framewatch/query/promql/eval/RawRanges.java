package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The samples of a range that is the whole query.
public final class RawRanges {

    private final QueryRun run;
    private final Evaluator evaluator;
    private final LeafSource leaves;

    /// Ranges of one run.
    public RawRanges(QueryRun run, Evaluator evaluator, LeafSource leaves) {
        this.run = run;
        this.evaluator = evaluator;
        this.leaves = leaves;
    }

    /// The samples of a range selector or subquery at the time of the query.
    public List<SeriesSamples> samples(Expr range) {
        long time = run.outer().startMs();
        return switch (range) {
            case MatrixSelector matrix -> {
                RangeCall none =
                        new RangeCall(
                                "",
                                _ -> GridSeries.ABSENT,
                                new double[0][],
                                matrix.span(),
                                matrix.span());
                RangeLeaf leaf = evaluator.selectors().range(matrix, none, false);
                yield leaves.raw(leaf, time, run);
            }
            case Subquery subquery -> subquery(subquery);
            default -> throw new IllegalStateException("no range: " + range);
        };
    }

    private List<SeriesSamples> subquery(Subquery subquery) {
        RangeEvaluator ranges = new RangeEvaluator(evaluator);
        long rangeMs = evaluator.selectors().durations().positiveMs(subquery.range());
        List<SeriesSamples> result = new ArrayList<>();
        QueryRun.Counted<List<RangeEvaluator.Inner>> inners =
                ranges.inner(subquery, ranges.time(subquery), rangeMs, run.outer());
        StepCounts counts = run.stepCounts();
        if (counts != null) {
            counts.addEverywhere(inners.samples());
        }
        for (RangeEvaluator.Inner inner : inners.value()) {
            SeriesSamples samples = inner.samples();
            if (samples.size() > 0) {
                result.add(
                        inner.nameDropped()
                                ? new SeriesSamples(
                                        samples.labels().drop(SeriesMerge.METADATA),
                                        samples.size(),
                                        samples.timestampsMs(),
                                        samples.values(),
                                        samples.histograms())
                                : samples);
            }
        }
        return result;
    }

    /// The samples of a series that was computed on a grid.
    public static SeriesSamples samples(GridSeries series, StepGrid grid) {
        int size = series.count();
        long[] times = new long[size];
        double[] values = new double[size];
        @Nullable NativeHistogram[] histograms =
                series.mayHaveHistograms() ? new NativeHistogram[size] : null;
        int at = 0;
        for (int step = 0; step < grid.steps(); step++) {
            if (!series.has(step)) {
                continue;
            }
            times[at] = grid.timeMs(step);
            values[at] = series.value(step);
            if (histograms != null) {
                histograms[at] = series.histogram(step);
            }
            at++;
        }
        return new SeriesSamples(series.labels(), size, times, values, histograms);
    }
}
