package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
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

    private static final double SMALL_DELTA = 1e-12;

    /// A cumulative bucket.
    record Bucket(double upper, double count) {}

    /// A function of the buckets of one histogram at one step.
    @FunctionalInterface
    interface Estimate {
        double of(List<Bucket> buckets, int step, Labels labels);
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
        try {
            return last == 'd' || last == 'f' || last == 'D' || last == 'F'
                    ? null
                    : (Double) Double.parseDouble(text);
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
                steps[step] = each.histogram(step) != null && !at(classic, step).isEmpty();
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

    private static List<Bucket> at(Histogram histogram, int step) {
        List<Bucket> buckets = new ArrayList<>(histogram.members().size());
        for (Member member : histogram.members()) {
            if (member.series().hasFloat(step)) {
                buckets.add(new Bucket(member.upper(), member.series().value(step)));
            }
        }
        return buckets;
    }

    /// The estimate for every histogram at every step.
    List<GridSeries> each(Estimate estimate) {
        List<GridSeries> result = new ArrayList<>();
        for (Histogram histogram : histograms.values()) {
            GridSeries computed = GridSeries.empty(histogram.labels(), true, grid.steps());
            boolean[] skipped = conflicting.get(histogram.labels());
            for (int step = 0; step < grid.steps(); step++) {
                List<Bucket> buckets = at(histogram, step);
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

    /// The quantile `q`: buckets of equal bounds are added up, counts that fall are raised to the
    /// one before, and inside the bucket it is interpolated linearly.
    static double quantile(
            double q, List<Bucket> unsorted, QueryRun run, Span span, Labels labels) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        List<Bucket> buckets = coalesced(unsorted);
        if (buckets.getLast().upper() != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        Fix fix = monotonic(buckets);
        if (fix.forced()) {
            run.annotations().info(span, Annotations.named(fix.words(), labels));
        }
        if (buckets.size() < 2 || buckets.getLast().count() == 0) {
            return Double.NaN;
        }
        double observations = buckets.getLast().count();
        if (Double.isNaN(observations)) {
            return Double.NaN;
        }
        double rank = q * observations;
        int at = 0;
        while (at < buckets.size() - 1 && buckets.get(at).count() < rank) {
            at++;
        }
        if (at == buckets.size() - 1) {
            return buckets.get(at - 1).upper();
        }
        double upper = buckets.get(at).upper();
        if (at == 0 && upper <= 0) {
            return upper;
        }
        double lower = at == 0 ? 0 : buckets.get(at - 1).upper();
        double before = at == 0 ? 0 : buckets.get(at - 1).count();
        double inside = buckets.get(at).count() - before;
        return lower + (upper - lower) * ((rank - before) / inside);
    }

    private static List<Bucket> coalesced(List<Bucket> unsorted) {
        List<Bucket> sorted = new ArrayList<>(unsorted);
        sorted.sort(Comparator.comparingDouble(Bucket::upper));
        List<Bucket> merged = new ArrayList<>();
        for (Bucket bucket : sorted) {
            if (!merged.isEmpty() && merged.getLast().upper() == bucket.upper()) {
                Bucket same = merged.removeLast();
                merged.add(new Bucket(same.upper(), same.count() + bucket.count()));
            } else {
                merged.add(bucket);
            }
        }
        return merged;
    }

    /// What was done to make counts rise.
    private record Fix(boolean forced, double from, double to, double most) {

        String words() {
            return "input to histogram_quantile needed to be fixed for monotonicity (see"
                    + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile),"
                    + " from buckets "
                    + FloatFormat.general(from)
                    + " to "
                    + FloatFormat.general(to)
                    + ", with a max diff of "
                    + FloatFormat.general(most);
        }
    }

    private static Fix monotonic(List<Bucket> buckets) {
        boolean forced = false;
        double from = Double.NaN;
        double to = Double.NaN;
        double most = 0;
        double previous = buckets.getFirst().count();
        for (int i = 1; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            double count = bucket.count();
            if (count == previous) {
                continue;
            }
            boolean tiny =
                    Math.abs(count - previous)
                            < SMALL_DELTA * (Math.abs(count) + Math.abs(previous));
            if (tiny || count < previous) {
                if (!tiny) {
                    from = forced ? from : bucket.upper();
                    to = bucket.upper();
                    most = Math.max(most, previous - count);
                    forced = true;
                }
                buckets.set(i, new Bucket(bucket.upper(), previous));
                continue;
            }
            previous = count;
        }
        return new Fix(forced, from, to, most);
    }

    /// The fraction of observations between two values, interpolated linearly.
    static double fraction(double lower, double upper, List<Bucket> unsorted) {
        List<Bucket> buckets = coalesced(unsorted);
        if (buckets.getLast().upper() != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        monotonic(buckets);
        double count = buckets.getLast().count();
        if (count == 0 || Double.isNaN(lower) || Double.isNaN(upper) || Double.isNaN(count)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        return (rank(upper, buckets, count) - rank(lower, buckets, count)) / count;
    }

    private static double rank(double value, List<Bucket> buckets, double count) {
        if (value == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double before = 0;
        double lower = Double.NEGATIVE_INFINITY;
        boolean first = true;
        for (Bucket bucket : buckets) {
            if (first && bucket.upper() > 0) {
                lower = 0;
            }
            first = false;
            if (lower >= value) {
                return before;
            }
            if (bucket.upper() > value) {
                if (bucket.upper() == Double.POSITIVE_INFINITY) {
                    return before;
                }
                if (lower == Double.NEGATIVE_INFINITY) {
                    return bucket.count();
                }
                double share = (value - lower) / (bucket.upper() - lower);
                return before + (bucket.count() - before) * share;
            }
            before = bucket.count();
            lower = bucket.upper();
        }
        return count;
    }
}
