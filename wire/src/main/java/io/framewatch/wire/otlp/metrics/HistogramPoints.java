package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.histogram.HistogramSum;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Histograms of OpenTelemetry as native histograms of Prometheus.
///
/// Bucket `i` of an exponential histogram reaches up to `base^(i+1)`, bucket `i` of a native one up
/// to `base^i`: the index moves by one. Scales above 8 are made coarser; scales below -4 have no
/// native form.
final class HistogramPoints {

    private static final int SCHEMA_MIN = -4;
    private static final int SCHEMA_MAX = 8;

    /// Empty buckets up to this many are written down rather than ending a span.
    private static final int GAP_MAX = 2;

    /// Width of the zero bucket where the sender names none, as Prometheus has it.
    private static final double ZERO_THRESHOLD = 1e-128;

    private static final double[] NONE = {};
    private static final Span[] NO_SPANS = {};

    private HistogramPoints() {}

    /// What is wrong with a point; empty if nothing is.
    static String wrong(ExponentialHistogramDataPoint point) {
        if (point.getScale() < SCHEMA_MIN) {
            return "an exponential histogram has a scale below -4";
        }
        boolean negative =
                point.getPositive().getBucketCountsList().stream().anyMatch(c -> c < 0)
                        || point.getNegative().getBucketCountsList().stream().anyMatch(c -> c < 0)
                        || point.getCount() < 0
                        || point.getZeroCount() < 0;
        return negative ? "a histogram counts more than 2^63" : "";
    }

    /// The native form of a point that is not [#wrong].
    static NativeHistogram exponential(ExponentialHistogramDataPoint point) {
        Side positive =
                Side.of(
                        point.getPositive().getOffset(),
                        point.getPositive().getBucketCountsList(),
                        point.getScale());
        Side negative =
                Side.of(
                        point.getNegative().getOffset(),
                        point.getNegative().getBucketCountsList(),
                        point.getScale());
        double threshold = point.getZeroThreshold();
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                Math.min(point.getScale(), SCHEMA_MAX),
                threshold > 0 ? threshold : ZERO_THRESHOLD,
                point.getZeroCount(),
                point.getCount(),
                point.hasSum() ? point.getSum() : 0,
                positive.spans(),
                positive.counts(),
                negative.spans(),
                negative.counts(),
                NONE);
    }

    /// Explicit buckets as custom ones. `counts` has one more element than `bounds`.
    static NativeHistogram custom(double[] bounds, double[] counts, double sum, double count) {
        NativeHistogram whole =
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        NativeHistogram.CUSTOM_BUCKETS,
                        0,
                        0,
                        count,
                        sum,
                        new Span[] {new Span(0, counts.length)},
                        counts,
                        NO_SPANS,
                        NONE,
                        bounds);
        return HistogramSum.of(whole).build();
    }

    /// The marker that ends a series of native histograms.
    static NativeHistogram stale() {
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                0,
                0,
                0,
                0,
                StaleNaN.VALUE,
                NO_SPANS,
                NONE,
                NO_SPANS,
                NONE,
                NONE);
    }

    /// One side's buckets as runs.
    private record Side(Span[] spans, double[] counts) {

        static Side of(int offset, List<Long> buckets, int scale) {
            int shift = Math.max(0, scale - SCHEMA_MAX);
            List<Span> spans = new ArrayList<>();
            double[] counts = new double[buckets.size()];
            int size = 0;
            long start = 0;
            long end = 0;
            for (int i = 0; i < buckets.size(); i++) {
                long count = buckets.get(i);
                if (count == 0) {
                    continue;
                }
                long index = ((long) offset + i >> Math.min(shift, 62)) + 1;
                boolean first = size == 0;
                if (!first && index == end - 1) {
                    counts[size - 1] += count;
                    continue;
                }
                if (first || index - end > GAP_MAX) {
                    if (!first) {
                        spans.add(new Span((int) (start - last(spans)), (int) (end - start)));
                    }
                    start = index;
                } else {
                    size += (int) (index - end);
                }
                counts[size++] = count;
                end = index + 1;
            }
            if (size > 0) {
                spans.add(new Span((int) (start - last(spans)), (int) (end - start)));
            }
            return new Side(spans.toArray(Span[]::new), Arrays.copyOf(counts, size));
        }

        /// The index after the last run; 0 before the first.
        private static long last(List<Span> spans) {
            long at = 0;
            for (Span span : spans) {
                at += span.offset() + span.length();
            }
            return at;
        }
    }
}
