package io.framewatch.query.promqltest;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.HistogramSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Compares numbers with a small relative tolerance.
final class Closeness {

    private static final double TOLERANCE = 1e-6;

    private Closeness() {}

    static boolean close(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b);
        }
        if (a == b) {
            return true;
        }
        double difference = Math.abs(a - b);
        double size = Math.abs(a) + Math.abs(b);
        return a == 0 || b == 0 || size < Double.MIN_NORMAL
                ? difference < TOLERANCE * Double.MIN_NORMAL
                : difference / Math.min(size, Double.MAX_VALUE) < TOLERANCE;
    }

    static boolean close(Point wanted, double value, @Nullable NativeHistogram histogram) {
        NativeHistogram expected = wanted.histogram();
        if (expected == null || histogram == null) {
            return expected == null && histogram == null && close(wanted.value(), value);
        }
        boolean hint = !wanted.hintGiven() || expected.resetHint() == histogram.resetHint();
        return hint && close(expected, histogram);
    }

    private static boolean close(NativeHistogram wanted, NativeHistogram got) {
        NativeHistogram a = HistogramSum.of(wanted).hint(ResetHint.UNKNOWN).build();
        NativeHistogram b = HistogramSum.of(got).hint(ResetHint.UNKNOWN).build();
        return a.schema() == b.schema()
                && close(a.zeroThreshold(), b.zeroThreshold())
                && close(a.zeroCount(), b.zeroCount())
                && close(a.count(), b.count())
                && close(a.sum(), b.sum())
                && Arrays.equals(a.positiveSpans(), b.positiveSpans())
                && Arrays.equals(a.negativeSpans(), b.negativeSpans())
                && close(a.positiveBuckets(), b.positiveBuckets())
                && close(a.negativeBuckets(), b.negativeBuckets())
                && close(a.customValues(), b.customValues());
    }

    private static boolean close(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!close(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }
}
