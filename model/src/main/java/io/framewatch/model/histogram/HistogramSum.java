package io.framewatch.model.histogram;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A histogram under construction: starts from one and has others added, subtracted and scaled.
/// Resolution and zero bucket are widened as needed. Not thread safe.
public final class HistogramSum {

    private static final Span[] NO_SPANS = {};

    private final boolean compensate;
    private ResetHint hint;
    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private double zeroLost;
    private double count;
    private double countLost;
    private double sum;
    private double sumLost;
    private Cells positive;
    private Cells negative;
    private double[] customValues;
    private boolean resetConflict;
    private boolean boundsReconciled;

    private HistogramSum(NativeHistogram first, boolean compensate) {
        this.compensate = compensate;
        this.hint = first.resetHint();
        this.schema = first.schema();
        this.zeroThreshold = first.zeroThreshold();
        this.zeroCount = first.zeroCount();
        this.count = first.count();
        this.sum = first.sum();
        this.positive = Cells.of(first.positiveSpans(), first.positiveBuckets());
        this.negative = Cells.of(first.negativeSpans(), first.negativeBuckets());
        this.customValues = first.customValues();
    }

    /// Starts from `first`; sums are plain.
    public static HistogramSum of(NativeHistogram first) {
        return new HistogramSum(first, false);
    }

    /// Starts from `first`; sums keep the digits that large and small numbers lose to each other.
    public static HistogramSum compensated(NativeHistogram first) {
        return new HistogramSum(first, true);
    }

    /// Whether two histograms can be added: both have exponential buckets or both have custom ones.
    public static boolean compatible(NativeHistogram a, NativeHistogram b) {
        return isCustom(a.schema()) == isCustom(b.schema());
    }

    private static boolean isCustom(int schema) {
        return schema == NativeHistogram.CUSTOM_BUCKETS;
    }

    /// Whether `other` can be added to this.
    public boolean accepts(NativeHistogram other) {
        return isCustom(schema) == isCustom(other.schema());
    }

    /// Whether histograms with and without a counter reset met since the start.
    public boolean resetConflict() {
        return resetConflict;
    }

    /// Whether custom bounds differed and only the common ones were kept.
    public boolean boundsReconciled() {
        return boundsReconciled;
    }

    /// The schema reached.
    public int schema() {
        return schema;
    }

    /// Adds `other`, which must be compatible.
    public HistogramSum add(NativeHistogram other) {
        return combine(other, 1);
    }

    /// Subtracts `other`, which must be compatible.
    public HistogramSum subtract(NativeHistogram other) {
        return combine(other, -1);
    }

    private HistogramSum combine(NativeHistogram other, double sign) {
        combineHint(other.resetHint());
        HistogramSum right = new HistogramSum(other, false);
        if (isCustom(schema)) {
            reconcileBounds(right);
        } else {
            reconcileZero(right);
            int coarsest = Math.min(schema, right.schema);
            reduceTo(coarsest);
            right.reduceTo(coarsest);
            right.dropCellsInZeroBucket(zeroThreshold);
        }
        double newZero = zeroCount + sign * right.zeroCount;
        double newCount = count + sign * right.count;
        double newSum = sum + sign * right.sum;
        if (compensate) {
            zeroLost = lost(zeroLost, zeroCount, sign * right.zeroCount, newZero);
            countLost = lost(countLost, count, sign * right.count, newCount);
            sumLost = lost(sumLost, sum, sign * right.sum, newSum);
        }
        zeroCount = newZero;
        count = newCount;
        sum = newSum;
        positive = positive.plus(right.positive, sign, compensate);
        negative = negative.plus(right.negative, sign, compensate);
        return this;
    }

    private static double lost(double before, double sum, double increment, double total) {
        return Double.isInfinite(total) ? 0 : before + Kahan.lost(sum, increment, total);
    }

    private void combineHint(ResetHint other) {
        if (hint == other) {
            return;
        }
        if (hint == ResetHint.GAUGE || other == ResetHint.GAUGE) {
            hint = ResetHint.GAUGE;
            return;
        }
        resetConflict |= hint != ResetHint.UNKNOWN && other != ResetHint.UNKNOWN;
        hint = ResetHint.UNKNOWN;
    }

    /// Widens the zero buckets of both until they are the same, never cutting a filled bucket.
    private void reconcileZero(HistogramSum right) {
        while (zeroThreshold != right.zeroThreshold) {
            if (zeroThreshold > right.zeroThreshold) {
                right.widenZero(zeroThreshold);
            }
            if (right.zeroThreshold > zeroThreshold) {
                widenZero(right.zeroThreshold);
            }
        }
    }

    /// Moves all buckets below `threshold` into the zero bucket; a filled bucket that would be cut
    /// goes in whole and moves the threshold up.
    void widenZero(double threshold) {
        double wide = threshold;
        while (true) {
            double next = Math.max(cutBound(positive, wide), cutBound(negative, wide));
            if (next == wide) {
                break;
            }
            wide = next;
        }
        zeroCount += sumBelow(positive, wide) + sumBelow(negative, wide);
        zeroThreshold = wide;
        dropCellsInZeroBucket(wide);
    }

    private double cutBound(Cells cells, double threshold) {
        for (int i = 0; i < cells.size(); i++) {
            double lower = Bounds.exponential(cells.index(i) - 1, schema);
            double upper = Bounds.exponential(cells.index(i), schema);
            if (lower >= threshold) {
                return threshold;
            }
            if (upper > threshold && cells.count(i) != 0) {
                return upper;
            }
        }
        return threshold;
    }

    private double sumBelow(Cells cells, double threshold) {
        double below = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (Bounds.exponential(cells.index(i), schema) <= threshold) {
                below += cells.count(i);
            }
        }
        return below;
    }

    private void dropCellsInZeroBucket(double threshold) {
        positive = positive.kept(i -> Bounds.exponential(i, schema) > threshold);
        negative = negative.kept(i -> Bounds.exponential(i, schema) > threshold);
    }

    /// Lowers the resolution to `coarser`, which must not be finer than it is.
    public HistogramSum reduceTo(int coarser) {
        if (coarser < schema && !isCustom(schema)) {
            int from = schema;
            positive = positive.moved(i -> Bounds.coarser(i, from, coarser));
            negative = negative.moved(i -> Bounds.coarser(i, from, coarser));
            schema = coarser;
        }
        return this;
    }

    private void reconcileBounds(HistogramSum right) {
        if (Arrays.equals(customValues, right.customValues)) {
            return;
        }
        boundsReconciled = true;
        double[] common = common(customValues, right.customValues);
        moveTo(common);
        right.moveTo(common);
    }

    /// The bounds that both have; both ascend.
    static double[] common(double[] a, double[] b) {
        return Arrays.stream(a).filter(v -> Arrays.binarySearch(b, v) >= 0).toArray();
    }

    void moveTo(double[] bounds) {
        double[] from = customValues;
        positive = positive.moved(i -> bucketOf(Bounds.custom(i, from), bounds));
        customValues = bounds;
    }

    private static int bucketOf(double upper, double[] bounds) {
        int found = Arrays.binarySearch(bounds, upper);
        return found >= 0 ? found : -found - 1;
    }

    /// Multiplies everything; a negative factor makes it a gauge.
    public HistogramSum scale(double factor) {
        zeroCount *= factor;
        zeroLost *= factor;
        count *= factor;
        countLost *= factor;
        sum *= factor;
        sumLost *= factor;
        positive.scale(factor);
        negative.scale(factor);
        if (factor < 0) {
            hint = ResetHint.GAUGE;
        }
        return this;
    }

    /// Divides everything; by zero, no bucket but the zero bucket remains.
    public HistogramSum divide(double divisor) {
        zeroCount /= divisor;
        zeroLost = divisor == 0 ? 0 : zeroLost / divisor;
        count /= divisor;
        countLost = divisor == 0 ? 0 : countLost / divisor;
        sum /= divisor;
        sumLost = divisor == 0 ? 0 : sumLost / divisor;
        if (divisor == 0) {
            positive = new Cells(0);
            negative = new Cells(0);
        } else {
            positive.divide(divisor);
            negative.divide(divisor);
        }
        if (divisor < 0) {
            hint = ResetHint.GAUGE;
        }
        return this;
    }

    /// Sets what is known about a counter reset.
    public HistogramSum hint(ResetHint resetHint) {
        this.hint = resetHint;
        return this;
    }

    /// Puts other observations in place of those it has.
    HistogramSum observations(
            double newZeroCount,
            double newCount,
            double newSum,
            Cells newPositive,
            Cells newNegative) {
        zeroCount = newZeroCount;
        zeroLost = 0;
        count = newCount;
        countLost = 0;
        sum = newSum;
        sumLost = 0;
        positive = newPositive;
        negative = newNegative;
        return this;
    }

    /// Whether a number in it overflowed.
    public boolean hasInfinite() {
        return Double.isInfinite(count)
                || Double.isInfinite(sum)
                || Double.isInfinite(zeroCount)
                || positive.hasInfinite()
                || negative.hasInfinite();
    }

    /// An independent copy.
    public HistogramSum copy() {
        HistogramSum copy = new HistogramSum(build(), compensate);
        copy.zeroCount = zeroCount;
        copy.zeroLost = zeroLost;
        copy.count = count;
        copy.countLost = countLost;
        copy.sum = sum;
        copy.sumLost = sumLost;
        copy.positive = positive.copy();
        copy.negative = negative.copy();
        copy.resetConflict = resetConflict;
        copy.boundsReconciled = boundsReconciled;
        return copy;
    }

    /// The histogram, without empty buckets.
    public NativeHistogram build() {
        List<Span> positiveSpans = new ArrayList<>();
        List<Double> positiveBuckets = Cells.list();
        positive.compact(positiveSpans, positiveBuckets);
        List<Span> negativeSpans = new ArrayList<>();
        List<Double> negativeBuckets = Cells.list();
        negative.compact(negativeSpans, negativeBuckets);
        return new NativeHistogram(
                hint,
                schema,
                zeroThreshold,
                zeroCount + zeroLost,
                count + countLost,
                sum + sumLost,
                positiveSpans.toArray(NO_SPANS),
                Cells.array(positiveBuckets),
                negativeSpans.toArray(NO_SPANS),
                Cells.array(negativeBuckets),
                customValues);
    }

    double zeroCount() {
        return zeroCount;
    }

    double zeroThreshold() {
        return zeroThreshold;
    }

    Cells positive() {
        return positive;
    }

    Cells negative() {
        return negative;
    }

    double[] customValues() {
        return customValues;
    }
}
