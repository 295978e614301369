package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.Bucket.Side;

/// Cuts off the observations above or below a value. A bucket that is cut keeps the share that an
/// estimate puts on the kept side. The sum is estimated anew, each bucket counting with its middle;
/// a histogram that loses nothing stays as it is. A bucket without a finite end on the side that is
/// cut cannot be shared out: it stays or goes as a whole.
public final class HistogramTrim {

    private HistogramTrim() {}

    /// What lies at or below `limit`.
    public static NativeHistogram keepBelow(NativeHistogram h, double limit) {
        return trim(h, limit, true);
    }

    /// What lies above `limit`.
    public static NativeHistogram keepAbove(NativeHistogram h, double limit) {
        return trim(h, limit, false);
    }

    /// What stays of a bucket: how much, and where its middle then is.
    private record Rest(double count, double middle) {}

    private static NativeHistogram trim(NativeHistogram h, double limit, boolean below) {
        if (Double.isNaN(limit)) {
            return h;
        }
        Cells positive = new Cells(h.positiveBuckets().length);
        Cells reversedNegative = new Cells(h.negativeBuckets().length);
        double zero = 0;
        double count = 0;
        double sum = 0;
        boolean cut = false;
        for (Bucket bucket : Bucket.ascending(h)) {
            if (bucket.count() == 0) {
                continue;
            }
            Rest rest = rest(h, bucket, limit, below);
            cut |= rest.count() != bucket.count();
            count += rest.count();
            sum += rest.count() == 0 ? 0 : rest.count() * rest.middle();
            switch (bucket.side()) {
                case ZERO -> zero = rest.count();
                case POSITIVE -> positive.append(bucket.index(), rest.count(), 0);
                case NEGATIVE -> reversedNegative.append(bucket.index(), rest.count(), 0);
            }
        }
        boolean unlimited = limit == (below ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        if (unlimited || !cut && !openEndMoved(h, limit, below)) {
            return h;
        }
        return HistogramSum.of(h)
                .observations(zero, count, sum, positive, reversed(reversedNegative))
                .build();
    }

    private static Cells reversed(Cells cells) {
        Cells reversed = new Cells(cells.size());
        for (int i = cells.size() - 1; i >= 0; i--) {
            reversed.append(cells.index(i), cells.count(i), 0);
        }
        return reversed;
    }

    /// Whether an open bucket stayed whole although the limit lies in it, which moves the sum.
    private static boolean openEndMoved(NativeHistogram h, double limit, boolean below) {
        if (h.schema() != NativeHistogram.CUSTOM_BUCKETS || h.customValues().length == 0) {
            return false;
        }
        double[] bounds = h.customValues();
        return below ? limit < bounds[0] : limit > bounds[bounds.length - 1];
    }

    private static Rest rest(NativeHistogram h, Bucket bucket, double limit, boolean below) {
        if (limit == Double.NEGATIVE_INFINITY || limit == Double.POSITIVE_INFINITY) {
            boolean all = below == (limit > 0);
            return new Rest(all ? bucket.count() : 0, 0);
        }
        boolean custom = h.schema() == NativeHistogram.CUSTOM_BUCKETS;
        if (custom && bucket.upper() == Double.POSITIVE_INFINITY) {
            boolean keep = !below && bucket.lower() != Double.NEGATIVE_INFINITY;
            return new Rest(keep ? bucket.count() : 0, Math.max(bucket.lower(), limit));
        }
        if (custom && bucket.lower() == Double.NEGATIVE_INFINITY) {
            return lowest(bucket, limit, below);
        }
        double lower = bucket.lower();
        double upper = bucket.upper();
        if (bucket.side() == Side.ZERO) {
            lower = HistogramEstimate.onlyPositive(h) ? 0 : lower;
            upper = HistogramEstimate.onlyNegative(h) ? 0 : upper;
        }
        boolean linear = custom || bucket.side() == Side.ZERO;
        return between(bucket.count(), lower, upper, limit, below, linear);
    }

    private static Rest lowest(Bucket bucket, double limit, boolean below) {
        if (bucket.upper() > 0) {
            return !below && limit < 0
                    ? new Rest(0, 0)
                    : between(bucket.count(), 0, bucket.upper(), limit, below, true);
        }
        return below ? new Rest(bucket.count(), Math.min(limit, bucket.upper())) : new Rest(0, 0);
    }

    private static Rest between(
            double count, double lower, double upper, double limit, boolean below, boolean linear) {
        if (limit <= lower) {
            return below ? new Rest(0, 0) : new Rest(count, middle(lower, upper, linear));
        }
        if (limit >= upper) {
            return below ? new Rest(count, middle(lower, upper, linear)) : new Rest(0, 0);
        }
        double share = HistogramEstimate.share(limit, lower, upper, linear);
        return below
                ? new Rest(count * share, middle(lower, limit, linear))
                : new Rest(count * (1 - share), middle(limit, upper, linear));
    }

    private static double middle(double lower, double upper, boolean linear) {
        if (linear) {
            return (lower + upper) / 2;
        }
        double middle = Math.sqrt(lower * upper);
        return lower < 0 ? -middle : middle;
    }
}
