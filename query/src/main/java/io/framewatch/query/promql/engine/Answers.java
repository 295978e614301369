package io.framewatch.query.promql.engine;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.QueryStats;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.eval.Evaluator;
import io.framewatch.query.promql.eval.GridSeries;
import io.framewatch.query.promql.eval.GridValue;
import io.framewatch.query.promql.eval.GridValue.Scalars;
import io.framewatch.query.promql.eval.GridValue.Text;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import io.framewatch.query.promql.eval.LeafSource;
import io.framewatch.query.promql.eval.QueryRun;
import io.framewatch.query.promql.eval.RawRanges;
import io.framewatch.query.promql.eval.SeriesMerge;
import io.framewatch.query.promql.eval.StepGrid;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns what the evaluator computed into the answer of a query.
final class Answers {

    private final QueryRun run;
    private final Evaluator evaluator;
    private final LeafSource leaves;

    Answers(QueryRun run, Evaluator evaluator, LeafSource leaves) {
        this.run = run;
        this.evaluator = evaluator;
        this.leaves = leaves;
    }

    QueryResult instant(Expr expr) {
        long time = run.outer().startMs();
        Expr inner = expr.unwrapped();
        if (inner instanceof MatrixSelector || inner instanceof Subquery) {
            List<SeriesSamples> series = new RawRanges(run, evaluator, leaves).samples(inner);
            return answer(new MatrixValue(sorted(series)));
        }
        GridValue value = evaluator.evaluate(expr, run.outer());
        return answer(
                switch (value) {
                    case Text text -> new StringValue(time, text.value());
                    case Scalars scalars -> new ScalarValue(time, scalars.values()[0]);
                    case Vectors vectors -> vector(named(vectors, expr), time);
                });
    }

    private List<GridSeries> named(Vectors vectors, Expr expr) {
        return SeriesMerge.withoutDroppedNames(
                vectors.series(), run, expr.span(), run.outer().steps());
    }

    private static VectorValue vector(List<GridSeries> series, long time) {
        List<VectorSample> samples = new ArrayList<>(series.size());
        for (GridSeries each : series) {
            if (each.has(0)) {
                samples.add(
                        new VectorSample(each.labels(), time, each.value(0), each.histogram(0)));
            }
        }
        return new VectorValue(samples);
    }

    QueryResult range(Expr expr) {
        StepGrid grid = run.outer();
        List<SeriesSamples> series = new ArrayList<>();
        switch (evaluator.evaluate(expr, grid)) {
            case Text _ -> throw new IllegalStateException("checked to be no string");
            case Scalars scalars ->
                    series.add(
                            RawRanges.samples(
                                    GridSeries.of(Labels.EMPTY, false, scalars.values()), grid));
            case Vectors vectors -> {
                for (GridSeries each : named(vectors, expr)) {
                    if (each.hasAny()) {
                        series.add(RawRanges.samples(each, grid));
                    }
                }
            }
        }
        return answer(new MatrixValue(sorted(series)));
    }

    private static List<SeriesSamples> sorted(List<SeriesSamples> series) {
        List<SeriesSamples> sorted = new ArrayList<>(series);
        sorted.sort(Comparator.comparing(SeriesSamples::labels));
        return sorted;
    }

    private QueryResult answer(Value value) {
        return new QueryResult(
                value,
                run.annotations().warnings(),
                run.annotations().infos(),
                new QueryStats(
                        run.seriesSelected(),
                        run.samplesSelected(),
                        run.samplesPeak(),
                        new QueryStats.StepSamples(
                                run.outer().startMs(), run.outer().stepMs(), run.stepSamples()),
                        run.outer().steps(),
                        run.elapsedNs(),
                        run.queuedNs(),
                        run.plan().plan()));
    }
}
