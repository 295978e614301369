package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import io.framewatch.query.promql.eval.Grouping.Group;
import java.util.ArrayList;
import java.util.List;

/// Evaluates aggregations.
final class AggregateEvaluator {

    private final Evaluator evaluator;

    AggregateEvaluator(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Vectors evaluate(Aggregate aggregate, StepGrid grid, boolean resolveResets) {
        QueryRun run = evaluator.run();
        AggregateOp op = aggregate.op();
        Expr parameter = aggregate.parameter();
        if (op == AggregateOp.COUNT_VALUES && parameter != null) {
            ValueCounts.checkLabel(run, parameter);
        }
        double[] values =
                parameter == null || op == AggregateOp.COUNT_VALUES
                        ? new double[grid.steps()]
                        : evaluator.scalars(parameter, grid);
        List<GridSeries> series = evaluator.vector(aggregate.inner(), grid, resolveResets);
        Selection selection = new Selection(run, aggregate, grid);
        if (op.selects()) {
            selection.checkParameter(values);
        }
        List<Group> groups = Grouping.groups(aggregate, series);
        List<GridSeries> result = new ArrayList<>(groups.size());
        Reduction reduction = new Reduction(run, aggregate, grid);
        if (op == AggregateOp.QUANTILE) {
            reduction.checkQuantiles(values);
        }
        for (Group group : groups) {
            run.check();
            switch (op) {
                case SUM, AVG -> add(result, reduction.sumOrMean(group));
                case MIN, MAX, STDDEV, STDVAR, QUANTILE ->
                        add(result, reduction.floats(group, values));
                case COUNT, GROUP -> add(result, reduction.count(group));
                case COUNT_VALUES ->
                        result.addAll(
                                ValueCounts.of(
                                        group,
                                        Evaluator.text(parameterOf(aggregate)),
                                        aggregate,
                                        grid));
                case TOPK, BOTTOMK -> result.addAll(selection.extreme(group, values));
                case LIMITK -> result.addAll(selection.firstOf(group, values));
                case LIMIT_RATIO -> result.addAll(selection.ratio(group, values));
            }
        }
        run.hold((long) result.size() * grid.steps());
        run.release((long) series.size() * grid.steps());
        if (op == AggregateOp.COUNT_VALUES) {
            return new Vectors(ValueCounts.merge(result, grid.steps()));
        }
        return new Vectors(result);
    }

    private static Expr parameterOf(Aggregate aggregate) {
        Expr parameter = aggregate.parameter();
        if (parameter == null) {
            throw new IllegalStateException("checked to have a parameter: " + aggregate);
        }
        return parameter;
    }

    private static void add(List<GridSeries> result, GridSeries series) {
        if (series.hasAny()) {
            result.add(series);
        }
    }
}
