package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.ast.VectorMatching;
import io.framewatch.query.promql.eval.GridValue.Scalars;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.ArrayList;
import java.util.List;

/// Evaluates operators between two expressions.
final class BinaryEvaluator {

    private final Evaluator evaluator;

    BinaryEvaluator(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    GridValue evaluate(Binary binary, StepGrid grid, boolean resolveResets) {
        boolean leftScalar = binary.left().type() == ValueType.SCALAR;
        boolean rightScalar = binary.right().type() == ValueType.SCALAR;
        if (leftScalar && rightScalar) {
            return scalars(binary, grid);
        }
        if (leftScalar || rightScalar) {
            return withScalar(binary, leftScalar, grid, resolveResets);
        }
        List<GridSeries> left = evaluator.vector(binary.left(), grid, resolveResets);
        List<GridSeries> right = evaluator.vector(binary.right(), grid, resolveResets);
        VectorMatching matching = binary.matching();
        if (matching == null) {
            throw new IllegalStateException("vectors without matching: " + binary);
        }
        return new Vectors(
                binary.op().isSet()
                        ? SetOperators.apply(binary.op(), matching, left, right, grid)
                        : new VectorMatcher(evaluator.run(), binary, matching, grid)
                                .match(left, right));
    }

    private Scalars scalars(Binary binary, StepGrid grid) {
        double[] left = evaluator.scalars(binary.left(), grid);
        double[] right = evaluator.scalars(binary.right(), grid);
        BinaryOp op = binary.op();
        double[] values = new double[grid.steps()];
        if (op.kind() == BinaryOp.Kind.TRIM) {
            throw evaluator
                    .run()
                    .fault(
                            binary.span(),
                            "operator \"" + op.sign() + "\" not allowed between scalars",
                            "Put a histogram on the left side.");
        }
        for (int step = 0; step < values.length; step++) {
            values[step] =
                    op.isComparison()
                            ? (BinaryMath.compare(op, left[step], right[step]) ? 1 : 0)
                            : BinaryMath.arithmetic(op, left[step], right[step]);
        }
        return new Scalars(values);
    }

    private Vectors withScalar(
            Binary binary, boolean leftScalar, StepGrid grid, boolean resolveResets) {
        QueryRun run = evaluator.run();
        double[] scalars = evaluator.scalars(leftScalar ? binary.left() : binary.right(), grid);
        List<GridSeries> vector =
                evaluator.vector(leftScalar ? binary.right() : binary.left(), grid, resolveResets);
        PairMath math = new PairMath(run, binary);
        boolean drop = dropsName(binary);
        List<GridSeries> result = new ArrayList<>(vector.size());
        for (GridSeries series : vector) {
            run.check();
            GridSeries computed =
                    GridSeries.empty(series.labels(), drop || series.dropName(), grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                if (series.has(step)) {
                    compute(math, computed, series, scalars[step], leftScalar, binary, step);
                }
            }
            if (computed.hasAny()) {
                result.add(computed);
            }
        }
        return new Vectors(result);
    }

    private static void compute(
            PairMath math,
            GridSeries computed,
            GridSeries series,
            double scalar,
            boolean leftScalar,
            Binary binary,
            int step) {
        NativeHistogram histogram = series.histogram(step);
        double value = series.value(step);
        boolean ok =
                leftScalar
                        ? math.compute(scalar, null, value, histogram)
                        : math.compute(value, histogram, scalar, null);
        if (!ok) {
            return;
        }
        boolean filtered = binary.op().isComparison() && !binary.returnBool();
        NativeHistogram answer = math.histogram();
        if (filtered) {
            computed.copy(series, step);
        } else if (answer != null) {
            computed.set(step, answer);
        } else {
            computed.set(step, math.value());
        }
    }

    /// Whether the metric name goes away.
    static boolean dropsName(Binary binary) {
        return binary.op().kind() == BinaryOp.Kind.ARITHMETIC || binary.returnBool();
    }
}
