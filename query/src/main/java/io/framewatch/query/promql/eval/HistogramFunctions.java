package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramEstimate;
import io.framewatch.model.histogram.HistogramEstimate.Quality;
import io.framewatch.model.histogram.HistogramEstimate.Quantile;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import io.framewatch.query.promql.parse.Literals;
import io.framewatch.query.promql.print.Quoting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Functions that look into histograms, native ones and classic ones made of `le` series.
final class HistogramFunctions {

    private static final String LE = "le";

    private final Evaluator evaluator;

    HistogramFunctions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Vectors evaluate(Call call, StepGrid grid) {
        return switch (call.function().name()) {
            case "histogram_count" -> each(call, grid, true, NativeHistogram::count);
            case "histogram_sum" -> each(call, grid, true, NativeHistogram::sum);
            case "histogram_avg" -> each(call, grid, true, h -> h.sum() / h.count());
            case "histogram_stdvar" -> each(call, grid, false, HistogramEstimate::variance);
            case "histogram_stddev" ->
                    each(call, grid, false, h -> Math.sqrt(HistogramEstimate.variance(h)));
            case "histogram_quantile" -> quantile(call, grid);
            case "histogram_quantiles" -> quantiles(call, grid);
            case "histogram_fraction" -> fraction(call, grid);
            default -> throw new IllegalStateException("no such function: " + call.function());
        };
    }

    private Vectors each(
            Call call,
            StepGrid grid,
            boolean resolveResets,
            ToDoubleFunction<NativeHistogram> function) {
        List<GridSeries> result = new ArrayList<>();
        for (GridSeries series :
                evaluator.vector(call.arguments().getFirst(), grid, resolveResets)) {
            GridSeries computed = GridSeries.empty(series.labels(), true, grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                NativeHistogram histogram = series.histogram(step);
                if (histogram != null) {
                    computed.set(step, function.applyAsDouble(histogram));
                }
            }
            if (computed.hasAny()) {
                result.add(computed);
            }
        }
        return new Vectors(result);
    }

    private Vectors quantile(Call call, StepGrid grid) {
        Expr parameter = call.arguments().get(0);
        Expr input = call.arguments().get(1);
        double[] q = evaluator.scalars(parameter, grid);
        List<GridSeries> series = evaluator.vector(input, grid, false);
        warnOfQuantiles(q, parameter.span());
        ClassicHistograms classic =
                new ClassicHistograms(evaluator.run(), series, input.span(), grid);
        return new Vectors(quantilesOf(classic, series, q, input.span(), grid));
    }

    private void warnOfQuantiles(double[] quantiles, Span span) {
        for (double q : quantiles) {
            if (Double.isNaN(q) || q < 0 || q > 1) {
                evaluator
                        .run()
                        .annotations()
                        .warn(
                                span,
                                "quantile value should be between 0 and 1, got "
                                        + FloatFormat.general(q));
            }
        }
    }

    private List<GridSeries> quantilesOf(
            ClassicHistograms classic,
            List<GridSeries> series,
            double[] q,
            Span span,
            StepGrid grid) {
        List<GridSeries> result =
                new ArrayList<>(
                        classic.each((buckets, step, labels) ->
                                buckets.quantile(q[step], evaluator.run(), span, labels)));
        for (GridSeries each : series) {
            GridSeries computed = GridSeries.empty(each.labels(), true, grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                NativeHistogram histogram = each.histogram(step);
                if (histogram != null && !classic.conflicts(each, step)) {
                    Quantile quantile = HistogramEstimate.quantile(q[step], histogram);
                    tell(quantile.quality(), span, each.labels());
                    computed.set(step, quantile.value());
                }
            }
            if (computed.hasAny()) {
                result.add(computed);
            }
        }
        return result;
    }

    private void tell(Quality quality, Span span, Labels labels) {
        String how =
                switch (quality) {
                    case GOOD -> "";
                    case SKEWED -> "skewed higher";
                    case NOT_A_NUMBER -> "NaN";
                };
        if (!how.isEmpty()) {
            evaluator
                    .run()
                    .annotations()
                    .info(
                            span,
                            Annotations.named(
                                    "input to histogram_quantile has NaN observations, result is "
                                            + how,
                                    labels));
        }
    }

    private Vectors quantiles(Call call, StepGrid grid) {
        Expr input = call.arguments().get(0);
        String label = Evaluator.text(call.arguments().get(1));
        if (!Literals.isLabelName(label)) {
            throw evaluator
                    .run()
                    .fault(
                            call.arguments().get(1).span(),
                            "invalid label name " + Quoting.string(label),
                            "Choose a valid label name.");
        }
        List<GridSeries> series = evaluator.vector(input, grid, false);
        ClassicHistograms classic =
                new ClassicHistograms(evaluator.run(), series, input.span(), grid);
        List<GridSeries> result = new ArrayList<>();
        for (Expr parameter : call.arguments().subList(2, call.arguments().size())) {
            double[] q = evaluator.scalars(parameter, grid);
            warnOfQuantiles(q, parameter.span());
            for (GridSeries each : quantilesOf(classic, series, q, input.span(), grid)) {
                result.addAll(labelled(each, label, q, grid));
            }
        }
        return new Vectors(result);
    }

    /// The series with the quantile as a label; one series per distinct quantile.
    private static List<GridSeries> labelled(
            GridSeries series, String label, double[] q, StepGrid grid) {
        Map<String, GridSeries> byQuantile = new LinkedHashMap<>();
        for (int step = 0; step < grid.steps(); step++) {
            if (series.has(step)) {
                String value = FloatFormat.openMetrics(q[step]);
                byQuantile
                        .computeIfAbsent(
                                value,
                                v ->
                                        GridSeries.empty(
                                                series.labels().with(label, v), true, grid.steps()))
                        .copy(series, step);
            }
        }
        return List.copyOf(byQuantile.values());
    }

    private Vectors fraction(Call call, StepGrid grid) {
        double[] lower = evaluator.scalars(call.arguments().get(0), grid);
        double[] upper = evaluator.scalars(call.arguments().get(1), grid);
        Expr input = call.arguments().get(2);
        List<GridSeries> series = evaluator.vector(input, grid, false);
        ClassicHistograms classic =
                new ClassicHistograms(evaluator.run(), series, input.span(), grid);
        List<GridSeries> result =
                new ArrayList<>(
                        classic.each(
                                (buckets, step, _) -> buckets.fraction(lower[step], upper[step])));
        for (GridSeries each : series) {
            GridSeries computed = GridSeries.empty(each.labels(), true, grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                NativeHistogram histogram = each.histogram(step);
                if (histogram != null && !classic.conflicts(each, step)) {
                    tellOfNan(histogram, input.span(), each.labels());
                    computed.set(
                            step, HistogramEstimate.fraction(lower[step], upper[step], histogram));
                }
            }
            if (computed.hasAny()) {
                result.add(computed);
            }
        }
        return new Vectors(result);
    }

    private void tellOfNan(NativeHistogram histogram, Span span, Labels labels) {
        if (Double.isNaN(histogram.sum()) && histogram.count() > 0) {
            evaluator
                    .run()
                    .annotations()
                    .info(
                            span,
                            Annotations.named(
                                    "input to histogram_fraction has NaN observations, which are"
                                            + " excluded from all fractions",
                                    labels));
        }
    }

    /// The labels that identify a classic histogram: all but `le`.
    static Labels identity(Labels labels) {
        return labels.without(LE);
    }
}
