package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Span;
import org.jspecify.annotations.Nullable;

/// The cumulative buckets of one classic histogram at one step, by ascending upper bound; filled
/// anew for the next step. Not thread safe.
final class Buckets {

    private static final double SMALL_DELTA = 1e-12;

    private final double[] uppers;
    private final double[] counts;
    private int size;

    /// Room for `max` buckets.
    Buckets(int max) {
        this.uppers = new double[max];
        this.counts = new double[max];
    }

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Adds a bucket whose bound is not below those there; of equal bounds the counts are added up.
    void add(double upper, double count) {
        if (size > 0 && uppers[size - 1] == upper) {
            counts[size - 1] += count;
        } else {
            uppers[size] = upper;
            counts[size++] = count;
        }
    }

    private double total() {
        return counts[size - 1];
    }

    private boolean isOpen() {
        return uppers[size - 1] == Double.POSITIVE_INFINITY;
    }

    /// The quantile `q`: counts that fall are raised to the one before, and inside the bucket it is
    /// interpolated linearly.
    double quantile(double q, QueryRun run, Span span, Labels labels) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (!isOpen()) {
            return Double.NaN;
        }
        Fix fix = monotonic();
        if (fix != null) {
            run.annotations().info(span, Annotations.named(fix.words(), labels));
        }
        double observations = total();
        if (size < 2 || observations == 0 || Double.isNaN(observations)) {
            return Double.NaN;
        }
        return atRank(q * observations);
    }

    private double atRank(double rank) {
        int at = 0;
        while (at < size - 1 && counts[at] < rank) {
            at++;
        }
        if (at == size - 1) {
            return uppers[at - 1];
        }
        double upper = uppers[at];
        if (at == 0 && upper <= 0) {
            return upper;
        }
        double lower = at == 0 ? 0 : uppers[at - 1];
        double before = at == 0 ? 0 : counts[at - 1];
        return lower + (upper - lower) * ((rank - before) / (counts[at] - before));
    }

    /// What was done to make counts rise.
    private record Fix(double from, double to, double most) {

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

    /// Makes counts rise; null if they did, but for what rounding did.
    private @Nullable Fix monotonic() {
        boolean forced = false;
        double from = Double.NaN;
        double to = Double.NaN;
        double most = 0;
        double previous = counts[0];
        for (int i = 1; i < size; i++) {
            double count = counts[i];
            if (count == previous) {
                continue;
            }
            boolean tiny =
                    Math.abs(count - previous)
                            < SMALL_DELTA * (Math.abs(count) + Math.abs(previous));
            if (tiny || count < previous) {
                if (!tiny) {
                    from = forced ? from : uppers[i];
                    to = uppers[i];
                    most = Math.max(most, previous - count);
                    forced = true;
                }
                counts[i] = previous;
                continue;
            }
            previous = count;
        }
        return forced ? new Fix(from, to, most) : null;
    }

    /// The fraction of observations between two values, interpolated linearly.
    double fraction(double lower, double upper) {
        if (!isOpen()) {
            return Double.NaN;
        }
        monotonic();
        double count = total();
        if (count == 0 || Double.isNaN(lower) || Double.isNaN(upper) || Double.isNaN(count)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        return (rank(upper) - rank(lower)) / count;
    }

    private double rank(double value) {
        if (value == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double before = 0;
        double lower = uppers[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (lower >= value) {
                return before;
            }
            if (uppers[i] > value) {
                if (uppers[i] == Double.POSITIVE_INFINITY) {
                    return before;
                }
                if (lower == Double.NEGATIVE_INFINITY) {
                    return counts[i];
                }
                double share = (value - lower) / (uppers[i] - lower);
                return before + (counts[i] - before) * share;
            }
            before = counts[i];
            lower = uppers[i];
        }
        return total();
    }
}
