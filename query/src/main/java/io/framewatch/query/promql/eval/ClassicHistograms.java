package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Histograms made of one counter per bucket, told apart by the label `le`.
final class ClassicHistograms {

    /// A function of the buckets of one histogram at one step.
    @FunctionalInterface
    interface Estimate {
        double of(Buckets buckets, int step, Labels labels);
    }

    private record Member(GridSeries series, double upper) {}

    private record Histogram(Labels labels, List<Member> members) {}

    private final StepGrid grid;
    private final Map<Labels, Histogram> histograms = new LinkedHashMap<>();
    private final Map<Labels, boolean[]> conflicting = new LinkedHashMap<>();

    ClassicHistograms(QueryRun run, List<GridSeries> series, Span span, StepGrid grid) {
        this.grid = grid;
        for (GridSeries each : series) {
            if (!anyFloat(each)) {
                continue;
            }
            String le = each.labels().get("le");
            Double upper = parse(le);
            if (upper == null) {
                run.annotations()
                        .warn(
                                span,
                                Annotations.named(
                                        "bucket label \"le\" is missing or has a malformed value"
                                                + " of "
                                                + Labels.quote(le),
                                        each.labels()));
                continue;
            }
            Labels identity = HistogramFunctions.identity(each.labels());
            histograms
                    .computeIfAbsent(identity, k -> new Histogram(k, new ArrayList<>()))
                    .members()
                    .add(new Member(each, upper));
        }
        findConflicts(run, series, span);
    }

    private boolean anyFloat(GridSeries series) {
        for (int step = 0; step < grid.steps(); step++) {
            if (series.hasFloat(step)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Double parse(String le) {
        return switch (le) {
            case "" -> null;
            case "+Inf", "Inf", "+inf", "inf" -> (Double) Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> (Double) Double.NEGATIVE_INFINITY;
            default -> number(le);
        };
    }

    private static @Nullable Double number(String text) {
        char last = text.charAt(text.length() - 1);
        boolean onlyJava = "dfDF".indexOf(last) >= 0 || last <= ' ' || text.charAt(0) <= ' ';
        try {
            return onlyJava ? null : (Double) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// A native and a classic histogram of the same name and labels at the same step.
    private void findConflicts(QueryRun run, List<GridSeries> series, Span span) {
        for (GridSeries each : series) {
            Histogram classic = histograms.get(each.labels());
            if (classic == null || !each.mayHaveHistograms()) {
                continue;
            }
            boolean[] steps = new boolean[grid.steps()];
            boolean any = false;
            for (int step = 0; step < steps.length; step++) {
                steps[step] = each.histogram(step) != null && anyFloatAt(classic, step);
                any |= steps[step];
            }
            if (any) {
                conflicting.put(each.labels(), steps);
                run.annotations()
                        .warn(
                                span,
                                Annotations.named(
                                        "vector contains a mix of classic and native histograms",
                                        each.labels()));
            }
        }
    }

    boolean conflicts(GridSeries series, int step) {
        boolean[] steps = conflicting.get(series.labels());
        return steps != null && steps[step];
    }

    private static boolean anyFloatAt(Histogram histogram, int step) {
        for (Member member : histogram.members()) {
            if (member.series().hasFloat(step)) {
                return true;
            }
        }
        return false;
    }

    /// The estimate for every histogram at every step.
    List<GridSeries> each(Estimate estimate) {
        List<GridSeries> result = new ArrayList<>();
        for (Histogram histogram : histograms.values()) {
            GridSeries computed = GridSeries.empty(histogram.labels(), true, grid.steps());
            boolean[] skipped = conflicting.get(histogram.labels());
            Buckets buckets = new Buckets(histogram.members().size());
            histogram.members().sort(Comparator.comparingDouble(Member::upper));
            for (int step = 0; step < grid.steps(); step++) {
                buckets.clear();
                for (Member member : histogram.members()) {
                    if (member.series().hasFloat(step)) {
                        buckets.add(member.upper(), member.series().value(step));
                    }
                }
                if (!buckets.isEmpty() && (skipped == null || !skipped[step])) {
                    computed.set(step, estimate.of(buckets, step, histogram.labels()));
                }
            }
            if (computed.hasAny()) {
                result.add(computed);
            }
        }
        return result;
    }
}
