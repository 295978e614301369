package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.HistogramSum;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sum or mean of histograms under construction. A mean whose sum overflows is carried along as
/// a mean from then on.
final class HistogramTotal {

    private final boolean mean;
    private @Nullable HistogramSum sum;
    private double count;
    private boolean incremental;
    private boolean anyReset;
    private boolean anyNoReset;

    HistogramTotal(boolean mean) {
        this.mean = mean;
    }

    boolean accepts(NativeHistogram next) {
        return sum == null || sum.accepts(next);
    }

    void add(NativeHistogram next) {
        count++;
        anyReset |= next.resetHint() == ResetHint.RESET;
        anyNoReset |= next.resetHint() == ResetHint.NO_RESET;
        HistogramSum before = sum;
        if (before == null) {
            sum = HistogramSum.compensated(next);
            return;
        }
        if (!mean) {
            before.add(next);
            return;
        }
        if (!incremental) {
            HistogramSum tried = before.copy().add(next);
            if (!tried.hasInfinite() || before.hasInfinite()) {
                sum = tried;
                return;
            }
            incremental = true;
            before.divide(count - 1);
        }
        before.scale((count - 1) / count).add(HistogramSum.of(next).divide(count).build());
    }

    /// Whether histograms with and without a counter reset met.
    boolean resetConflict() {
        return anyReset && anyNoReset;
    }

    HistogramSum sum() {
        return Objects.requireNonNull(sum);
    }

    NativeHistogram build() {
        HistogramSum total = sum();
        return mean && !incremental ? total.copy().divide(count).build() : total.build();
    }
}
