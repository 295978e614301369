package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.query.promql.ast.Span;

/// What functions over ranges have to say about their samples.
final class RangeWarnings {

    static final String MIXED = "encountered a mix of histograms and floats";
    static final String MIXED_BUCKETS =
            "vector contains a mix of histograms with exponential and custom buckets schemas";

    private RangeWarnings() {}

    static double mixed(Window window) {
        warn(window, Annotations.named(MIXED, window.labels()));
        return GridSeries.ABSENT;
    }

    static double mixedBuckets(Window window) {
        warn(window, Annotations.named(MIXED_BUCKETS, window.labels()));
        return GridSeries.ABSENT;
    }

    static void notCounter(Window window) {
        warn(
                window,
                "this native histogram metric is not a counter: "
                        + Labels.quote(window.labels().metricName()));
    }

    static void notGauge(Window window) {
        warn(
                window,
                "this native histogram metric is not a gauge: "
                        + Labels.quote(window.labels().metricName()));
    }

    private static void warn(Window window, String text) {
        window.annotations().warn(window.span(), text);
    }

    /// Tells when floats are used and histograms in the same range are not.
    static void histogramsIgnored(Window window, int histograms) {
        if (histograms > 0 && histograms < window.size()) {
            window.annotations()
                    .info(
                            window.span(),
                            Annotations.named(
                                    "ignored histograms in a range containing both floats and"
                                            + " histograms",
                                    window.labels()));
        }
    }

    /// Tells what a sum or difference of histograms had to do to come about.
    static void reconciled(Annotations to, Span span, HistogramSum sum, String operation) {
        if (sum.boundsReconciled()) {
            to.info(span, "mismatched custom buckets were reconciled during " + operation);
        }
    }

    /// Tells when histograms that disagree about a reset were added.
    static void conflict(Annotations to, Span span, boolean conflict, String operation) {
        if (conflict) {
            to.warn(span, "conflicting counter resets during histogram " + operation);
        }
    }
}
