package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.eval.GridValue.Scalars;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Evaluates function calls by handing them to those who know the function.
final class CallEvaluator {

    private final Evaluator evaluator;
    private final RangeEvaluator ranges;
    private final LabelFunctions labels;
    private final HistogramFunctions histograms;
    private final InfoFunction info;

    CallEvaluator(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.ranges = new RangeEvaluator(evaluator);
        this.labels = new LabelFunctions(evaluator);
        this.histograms = new HistogramFunctions(evaluator);
        this.info = new InfoFunction(evaluator);
    }

    GridValue evaluate(Call call, StepGrid grid, boolean resolveResets) {
        String name = call.function().name();
        if (RangeFunctions.find(name) != null) {
            return new Vectors(range(call, grid, resolveResets));
        }
        FloatFunctions.Shape shape = FloatFunctions.find(name);
        if (shape != null) {
            return new Vectors(floats(call, shape, grid));
        }
        return switch (name) {
            case "time" -> scalars(grid, step -> grid.timeMs(step) / 1000.0);
            case "pi" -> scalars(grid, _ -> Math.PI);
            case "start" -> scalars(grid, _ -> evaluator.run().outer().startMs() / 1000.0);
            case "end" -> scalars(grid, _ -> evaluator.run().outer().endMs() / 1000.0);
            case "step" -> scalars(grid, _ -> durations().stepMs() / 1000.0);
            case "range" -> scalars(grid, _ -> durations().rangeMs() / 1000.0);
            case "min_of", "max_of" -> extreme(call, grid, name.equals("min_of"));
            case "scalar" -> scalar(call, grid);
            case "vector" ->
                    new Vectors(
                            List.of(
                                    GridSeries.of(
                                            Labels.EMPTY,
                                            false,
                                            evaluator.scalars(first(call), grid))));
            case "absent" ->
                    Absence.of(call, evaluator.vector(first(call), grid, resolveResets), grid);
            case "absent_over_time" -> absentOverTime(call, grid);
            case "timestamp" -> timestamps(call, grid, InstantLeaf.Extraction.TIMESTAMP);
            case "start_timestamp" ->
                    timestamps(call, grid, InstantLeaf.Extraction.START_TIMESTAMP);
            case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" ->
                    Sorting.apply(evaluator, call, grid, resolveResets);
            case "label_replace", "label_join" -> labels.evaluate(call, grid, resolveResets);
            case "info" -> info.evaluate(call, grid, resolveResets);
            default -> histograms.evaluate(call, grid);
        };
    }

    private Durations durations() {
        return evaluator.selectors().durations();
    }

    private static Expr first(Call call) {
        return call.arguments().getFirst();
    }

    private static Scalars scalars(StepGrid grid, IntToDoubleFunction atStep) {
        double[] values = new double[grid.steps()];
        Arrays.setAll(values, atStep);
        return new Scalars(values);
    }

    private Scalars extreme(Call call, StepGrid grid, boolean min) {
        double[] a = evaluator.scalars(call.arguments().get(0), grid);
        double[] b = evaluator.scalars(call.arguments().get(1), grid);
        return scalars(
                grid, step -> min ? Numbers.min(a[step], b[step]) : Numbers.max(a[step], b[step]));
    }

    private List<GridSeries> range(Call call, StepGrid grid, boolean resolveResets) {
        RangeFunction function = RangeFunctions.find(call.function().name());
        Expr range = first(call);
        List<double[]> arguments = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            if (argument.type() == ValueType.MATRIX) {
                range = argument;
            } else {
                arguments.add(evaluator.scalars(argument, grid));
            }
        }
        if (function == null) {
            throw new IllegalStateException("no function over ranges: " + call.function());
        }
        RangeCall rangeCall =
                new RangeCall(
                        call.function().name(),
                        function,
                        arguments.toArray(double[][]::new),
                        first(call).span(),
                        range.span());
        return ranges.apply(range, rangeCall, grid, resolveResets);
    }

    private List<GridSeries> floats(Call call, FloatFunctions.Shape shape, StepGrid grid) {
        double[][] arguments = new double[Math.max(0, call.arguments().size() - 1)][];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = evaluator.scalars(call.arguments().get(i + 1), grid);
        }
        List<GridSeries> inputs =
                call.arguments().isEmpty()
                        ? List.of(
                                GridSeries.of(
                                        Labels.EMPTY,
                                        false,
                                        scalars(grid, s -> grid.timeMs(s) / 1000.0).values()))
                        : evaluator.vector(first(call), grid, false);
        return FloatFunctions.apply(shape, inputs, arguments, grid, evaluator.run());
    }

    /// The single float at each step, NaN where there is not exactly one.
    private Scalars scalar(Call call, StepGrid grid) {
        List<GridSeries> series = evaluator.vector(first(call), grid, false);
        return scalars(
                grid,
                step -> {
                    double value = Double.NaN;
                    int count = 0;
                    for (GridSeries each : series) {
                        if (each.hasFloat(step)) {
                            value = each.value(step);
                            count++;
                        }
                    }
                    return count == 1 ? value : Double.NaN;
                });
    }

    private GridValue absentOverTime(Call call, StepGrid grid) {
        Expr range = first(call);
        RangeCall present =
                new RangeCall(
                        "present_over_time", _ -> 1, new double[0][], range.span(), range.span());
        return Absence.of(call, ranges.apply(range, present, grid, false), grid);
    }

    private GridValue timestamps(Call call, StepGrid grid, InstantLeaf.Extraction extraction) {
        if (first(call).unwrapped() instanceof VectorSelector selector) {
            List<GridSeries> series =
                    evaluator
                            .leaves()
                            .instant(
                                    evaluator.selectors().instant(selector, extraction, false),
                                    grid,
                                    evaluator.run());
            return new Vectors(
                    series.stream().map(each -> each.renamed(each.labels(), true)).toList());
        }
        List<GridSeries> result = new ArrayList<>();
        List<GridSeries> inputs = evaluator.vector(first(call), grid, false);
        if (extraction == InstantLeaf.Extraction.START_TIMESTAMP) {
            return new Vectors(List.of());
        }
        for (GridSeries input : inputs) {
            GridSeries series = GridSeries.empty(input.labels(), true, grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                if (input.has(step)) {
                    series.set(step, grid.timeMs(step) / 1000.0);
                }
            }
            result.add(series);
        }
        return new Vectors(result);
    }
}
