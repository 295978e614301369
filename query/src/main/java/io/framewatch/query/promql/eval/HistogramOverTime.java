package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramSum;
import java.util.Objects;

/// `sum_over_time` and `avg_over_time`, which work on floats and on histograms.
final class HistogramOverTime {

    private HistogramOverTime() {}

    static double sum(Window window) {
        int histograms = window.histograms();
        if (histograms == 0) {
            return Numbers.sum(window.floats());
        }
        return histograms < window.size() ? RangeWarnings.mixed(window) : histogram(window, false);
    }

    static double mean(Window window) {
        int histograms = window.histograms();
        if (histograms == 0) {
            return Numbers.mean(window.floats());
        }
        return histograms < window.size() ? RangeWarnings.mixed(window) : histogram(window, true);
    }

    private static double histogram(Window window, boolean mean) {
        HistogramTotal total = new HistogramTotal(mean);
        for (int i = window.from(); i < window.to(); i++) {
            NativeHistogram next = Objects.requireNonNull(window.histogram(i));
            if (!total.accepts(next)) {
                return RangeWarnings.mixedBuckets(window);
            }
            total.add(next);
        }
        HistogramSum sum = total.sum();
        RangeWarnings.reconciled(window.annotations(), window.span(), sum, "aggregation");
        RangeWarnings.conflict(
                window.annotations(), window.span(), total.resetConflict(), "aggregation");
        return window.answer(total.build());
    }
}
