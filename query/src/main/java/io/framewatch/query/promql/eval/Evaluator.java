package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.NumberLiteral;
import io.framewatch.query.promql.ast.Expr.Paren;
import io.framewatch.query.promql.ast.Expr.StringLiteral;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.Unary;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.eval.GridValue.Scalars;
import io.framewatch.query.promql.eval.GridValue.Text;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Walks a tree. One evaluator serves one query. Not thread safe.
public final class Evaluator {

    private final QueryRun run;
    private final LeafSource leaves;
    private final Selectors selectors;
    private final CallEvaluator calls;
    private final AggregateEvaluator aggregates;
    private final BinaryEvaluator binaries;

    /// An evaluator for one run.
    public Evaluator(QueryRun run, LeafSource leaves) {
        this.run = run;
        this.leaves = leaves;
        this.selectors = new Selectors(run);
        this.calls = new CallEvaluator(this);
        this.aggregates = new AggregateEvaluator(this);
        this.binaries = new BinaryEvaluator(this);
    }

    QueryRun run() {
        return run;
    }

    LeafSource leaves() {
        return leaves;
    }

    Selectors selectors() {
        return selectors;
    }

    /// The value of `expr`, which must not be a range, at every step of `grid`.
    public GridValue evaluate(Expr expr, StepGrid grid) {
        return evaluate(expr, grid, false);
    }

    /// As above.
    ///
    /// @param resolveResets whether histograms are wanted with their counter resets resolved, as
    ///   inside functions that need only count and sum
    GridValue evaluate(Expr expr, StepGrid grid, boolean resolveResets) {
        run.check();
        if (expr instanceof NumberLiteral || expr instanceof StringLiteral) {
            return computed(expr, grid, resolveResets);
        }
        run.plan().begin(expr.span(), grid.steps(), run.nanoTime());
        int series = 0;
        try {
            GridValue value = computed(expr, grid, resolveResets);
            series = value instanceof Vectors vectors ? vectors.series().size() : 1;
            return value;
        } finally {
            run.plan().end(series, run.nanoTime());
        }
    }

    private GridValue computed(Expr expr, StepGrid grid, boolean resolveResets) {
        if (grid.steps() > 1 && Invariance.isSameAtEveryStep(expr)) {
            QueryRun.Counted<GridValue> once =
                    run.counted(
                            1, () -> evaluate(expr, StepGrid.at(grid.startMs()), resolveResets));
            StepCounts counts = run.stepCounts();
            if (counts != null) {
                counts.addEverywhere(once.samples());
            }
            return spread(once.value(), grid.steps());
        }
        return switch (expr) {
            case NumberLiteral number -> constant(number.value(), grid);
            case StringLiteral string -> new Text(string.value());
            case VectorSelector selector ->
                    new Vectors(
                            leaves.instant(
                                    selectors.instant(
                                            selector, InstantLeaf.Extraction.VALUE, resolveResets),
                                    grid,
                                    run));
            case MatrixSelector _, Subquery _ ->
                    throw run.fault(
                            expr.span(), "a range cannot stand here", "Apply a function to it.");
            case Call call -> calls.evaluate(call, grid, resolveResets);
            case Aggregate aggregate -> aggregates.evaluate(aggregate, grid, resolveResets);
            case Binary binary -> binaries.evaluate(binary, grid, resolveResets);
            case Unary unary -> signed(unary, evaluate(unary.inner(), grid, resolveResets));
            case Paren paren -> evaluate(paren.inner(), grid, resolveResets);
        };
    }

    /// The value of a vector expression.
    List<GridSeries> vector(Expr expr, StepGrid grid, boolean resolveResets) {
        return switch (evaluate(expr, grid, resolveResets)) {
            case Vectors vectors -> vectors.series();
            case Scalars _, Text _ ->
                    throw new IllegalStateException("checked to be a vector: " + expr);
        };
    }

    /// The value of a scalar expression.
    double[] scalars(Expr expr, StepGrid grid) {
        return switch (evaluate(expr, grid, false)) {
            case Scalars scalars -> scalars.values();
            case Vectors _, Text _ ->
                    throw new IllegalStateException("checked to be a scalar: " + expr);
        };
    }

    /// The value of a string expression.
    static String text(Expr expr) {
        if (expr.unwrapped() instanceof StringLiteral literal) {
            return literal.value();
        }
        throw new IllegalStateException("checked to be a string: " + expr);
    }

    private static Scalars constant(double value, StepGrid grid) {
        double[] values = new double[grid.steps()];
        Arrays.fill(values, value);
        return new Scalars(values);
    }

    private GridValue spread(GridValue single, int steps) {
        return switch (single) {
            case Text text -> text;
            case Scalars scalars -> {
                double[] values = new double[steps];
                Arrays.fill(values, scalars.values()[0]);
                yield new Scalars(values);
            }
            case Vectors vectors -> {
                List<GridSeries> series = new ArrayList<>();
                for (GridSeries each : vectors.series()) {
                    if (each.has(0)) {
                        run.hold(steps);
                        series.add(spread(each, steps));
                    }
                }
                yield new Vectors(series);
            }
        };
    }

    private static GridSeries spread(GridSeries single, int steps) {
        GridSeries series = GridSeries.empty(single.labels(), single.dropName(), steps);
        NativeHistogram histogram = single.histogram(0);
        for (int step = 0; step < steps; step++) {
            if (histogram != null) {
                series.set(step, histogram);
            } else {
                series.set(step, single.value(0));
            }
        }
        return series;
    }

    private GridValue signed(Unary unary, GridValue value) {
        if (!unary.minus()) {
            return value;
        }
        return switch (value) {
            case Text text -> text;
            case Scalars scalars ->
                    new Scalars(Arrays.stream(scalars.values()).map(v -> -v).toArray());
            case Vectors vectors -> {
                List<GridSeries> negated = new ArrayList<>(vectors.series().size());
                for (GridSeries series : vectors.series()) {
                    negated.add(negated(series));
                }
                yield new Vectors(negated);
            }
        };
    }

    private static GridSeries negated(GridSeries series) {
        int steps = series.values().length;
        GridSeries result = GridSeries.empty(series.labels(), true, steps);
        for (int step = 0; step < steps; step++) {
            if (!series.has(step)) {
                continue;
            }
            NativeHistogram histogram = series.histogram(step);
            if (histogram != null) {
                result.set(step, HistogramSum.of(histogram).scale(-1).build());
            } else {
                result.set(step, -series.value(step));
            }
        }
        return result;
    }
}
