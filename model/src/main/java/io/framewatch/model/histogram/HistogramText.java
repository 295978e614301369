package io.framewatch.model.histogram;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.NativeHistogram;

/// Writes and compares histograms.
public final class HistogramText {

    private HistogramText() {}

    /// One line as Prometheus shows it: `{count:3, sum:2.5, (0.5,1]:1, (1,2]:2}`.
    public static String of(NativeHistogram histogram) {
        StringBuilder out =
                new StringBuilder("{count:")
                        .append(FloatFormat.general(histogram.count()))
                        .append(", sum:")
                        .append(FloatFormat.general(histogram.sum()));
        for (Bucket bucket : Bucket.ascending(histogram)) {
            if (bucket.count() == 0) {
                continue;
            }
            out.append(", ")
                    .append(bucket.lowerInclusive() ? '[' : '(')
                    .append(FloatFormat.general(bucket.lower()))
                    .append(',')
                    .append(FloatFormat.general(bucket.upper()))
                    .append(bucket.upperInclusive() ? ']' : ')')
                    .append(':')
                    .append(FloatFormat.general(bucket.count()));
        }
        return out.append('}').toString();
    }

    /// Whether two histograms hold the same; hints and empty buckets do not count.
    public static boolean same(NativeHistogram a, NativeHistogram b) {
        NativeHistogram x = HistogramSum.of(a).hint(NativeHistogram.ResetHint.UNKNOWN).build();
        NativeHistogram y = HistogramSum.of(b).hint(NativeHistogram.ResetHint.UNKNOWN).build();
        return x.equals(y);
    }
}
