package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;
import java.util.List;

/// Estimates from buckets: quantiles, fractions, variance. Between the bounds of an exponential
/// bucket observations are taken to be spread evenly on a logarithmic scale, in the zero bucket and
/// in custom buckets evenly on a linear one.
public final class HistogramEstimate {

    private HistogramEstimate() {}

    /// What an estimate is worth.
    public enum Quality {
        GOOD,
        /// Observations that are no numbers push the estimate up.
        SKEWED,
        /// The quantile falls among observations that are no numbers.
        NOT_A_NUMBER
    }

    /// A quantile.
    ///
    /// @param value the estimate
    /// @param quality what it is worth
    public record Quantile(double value, Quality quality) {}

    /// The quantile `q`; negative infinity below 0, positive infinity above 1, NaN without
    /// observations.
    public static Quantile quantile(double q, NativeHistogram h) {
        if (q < 0) {
            return good(Double.NEGATIVE_INFINITY);
        }
        if (q > 1) {
            return good(Double.POSITIVE_INFINITY);
        }
        if (h.count() == 0 || Double.isNaN(q)) {
            return good(Double.NaN);
        }
        boolean notNumbers = Double.isNaN(h.sum());
        boolean forward = notNumbers || q < 0.5;
        double rank = (forward ? q : 1 - q) * h.count();
        List<Bucket> buckets = Bucket.ascending(h);
        if (!forward) {
            buckets = buckets.reversed();
        }
        double seen = 0;
        Bucket bucket = new Bucket(0, 0, false, false, 0, 0, Bucket.Side.ZERO);
        for (Bucket next : buckets) {
            if (next.count() == 0) {
                continue;
            }
            bucket = next;
            seen += next.count();
            if (seen >= rank) {
                break;
            }
        }
        seen = Math.min(seen, h.count());
        double value = within(h, bucket, seen, rank, forward);
        if (!notNumbers) {
            return good(value);
        }
        return seen < rank
                ? new Quantile(Double.NaN, Quality.NOT_A_NUMBER)
                : new Quantile(value, Quality.SKEWED);
    }

    private static Quantile good(double value) {
        return new Quantile(value, Quality.GOOD);
    }

    private static double within(
            NativeHistogram h, Bucket bucket, double seen, double rank, boolean forward) {
        boolean custom = h.schema() == NativeHistogram.CUSTOM_BUCKETS;
        double lower = bucket.lower();
        double upper = bucket.upper();
        if (custom && lower == Double.NEGATIVE_INFINITY) {
            if (upper <= 0) {
                return upper;
            }
            lower = 0;
        } else if (custom && upper == Double.POSITIVE_INFINITY) {
            return lower;
        } else if (bucket.side() == Bucket.Side.ZERO) {
            lower = onlyPositive(h) ? 0 : lower;
            upper = onlyNegative(h) ? 0 : upper;
        }
        if (seen < rank) {
            return upper;
        }
        double inside = forward ? rank - (seen - bucket.count()) : seen - rank;
        double fraction = inside / bucket.count();
        if (custom || lower <= 0 && upper >= 0) {
            return lower + (upper - lower) * fraction;
        }
        double logLower = log2(Math.abs(lower));
        double logUpper = log2(Math.abs(upper));
        return lower > 0
                ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
                : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }

    static double log2(double value) {
        int exponent = Math.getExponent(value);
        boolean finite = exponent <= Double.MAX_EXPONENT;
        return finite && Math.scalb(1.0, exponent) == value
                ? exponent
                : Math.log(value) / Math.log(2);
    }

    static boolean onlyPositive(NativeHistogram h) {
        return h.negativeBuckets().length == 0 && h.positiveBuckets().length > 0;
    }

    static boolean onlyNegative(NativeHistogram h) {
        return h.positiveBuckets().length == 0 && h.negativeBuckets().length > 0;
    }

    /// The fraction of all observations that lie between `lower` and `upper`; NaN without
    /// observations or for bounds that are no numbers.
    public static double fraction(double lower, double upper, NativeHistogram h) {
        if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        double numbers = h.count();
        List<Bucket> buckets = Bucket.ascending(h);
        if (Double.isNaN(h.sum())) {
            numbers = buckets.stream().mapToDouble(Bucket::count).sum();
        }
        double below = Math.min(rank(upper, h, buckets, numbers), numbers);
        double above = Math.min(rank(lower, h, buckets, numbers), numbers);
        return (below - above) / h.count();
    }

    private static double rank(
            double value, NativeHistogram h, List<Bucket> buckets, double numbers) {
        boolean custom = h.schema() == NativeHistogram.CUSTOM_BUCKETS;
        double rank = 0;
        for (Bucket bucket : buckets) {
            double lower = bucket.lower();
            double upper = bucket.upper();
            boolean zero = bucket.side() == Bucket.Side.ZERO;
            if (zero) {
                lower = onlyPositive(h) ? 0 : lower;
                upper = onlyNegative(h) ? 0 : upper;
            } else if (custom && lower == Double.NEGATIVE_INFINITY && upper > 0) {
                lower = 0;
            }
            if (lower >= value) {
                return rank;
            }
            if (upper > value) {
                return rank + bucket.count() * share(value, lower, upper, custom || zero);
            }
            rank += bucket.count();
        }
        return numbers;
    }

    /// The share of a bucket that lies below `value`.
    static double share(double value, double lower, double upper, boolean linear) {
        if (upper == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return 1;
        }
        if (linear) {
            return (value - lower) / (upper - lower);
        }
        double logLower = log2(Math.abs(lower));
        double logUpper = log2(Math.abs(upper));
        double logValue = log2(Math.abs(value));
        return value > 0
                ? (logValue - logLower) / (logUpper - logLower)
                : 1 - (logValue - logUpper) / (logLower - logUpper);
    }

    /// The variance of the observations, each taken to lie in the middle of its bucket: the
    /// geometric middle of exponential buckets, zero in the zero bucket.
    public static double variance(NativeHistogram h) {
        double mean = h.sum() / h.count();
        double sum = 0;
        double lost = 0;
        for (Bucket bucket : Bucket.ascending(h)) {
            if (bucket.count() == 0) {
                continue;
            }
            double delta = middle(h, bucket) - mean;
            double increment = bucket.count() * delta * delta;
            double total = sum + increment;
            lost = Double.isInfinite(total) ? 0 : lost + Kahan.lost(sum, increment, total);
            sum = total;
        }
        return (sum + lost) / h.count();
    }

    static double middle(NativeHistogram h, Bucket bucket) {
        if (h.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            return (bucket.lower() + bucket.upper()) / 2;
        }
        return switch (bucket.side()) {
            case ZERO -> 0;
            case POSITIVE -> Math.sqrt(bucket.lower() * bucket.upper());
            case NEGATIVE -> -Math.sqrt(bucket.lower() * bucket.upper());
        };
    }
}
