package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// The samples of one series in one range `(startMs, endMs]`, moved from step to step. Samples
/// outside are reachable too: index `from - 1` is the last one before the range. Not thread safe.
public final class Window {

    private final SeriesSamples series;
    private final RangeCall call;
    private final Mode mode;
    private final long rangeMs;
    private final long lookbackMs;
    private final Annotations annotations;
    private int from;
    private int to;
    private long startMs;
    private long endMs;
    private long stepMs;
    private int step;
    private @Nullable NativeHistogram answer;

    Window(
            SeriesSamples series,
            RangeCall call,
            Mode mode,
            long rangeMs,
            long lookbackMs,
            Annotations annotations) {
        this.series = series;
        this.call = call;
        this.mode = mode;
        this.rangeMs = rangeMs;
        this.lookbackMs = lookbackMs;
        this.annotations = annotations;
    }

    /// Moves to the range that ends at `newEndMs`; ends must not go back.
    void moveTo(int newStep, long newStepMs, long newEndMs) {
        step = newStep;
        stepMs = newStepMs;
        endMs = newEndMs;
        startMs = newEndMs - rangeMs;
        long[] times = series.timestampsMs();
        while (to < series.size() && times[to] <= endMs) {
            to++;
        }
        while (from < to && times[from] <= startMs) {
            from++;
        }
        answer = null;
    }

    /// Labels of the series, metric name included.
    public Labels labels() {
        return series.labels();
    }

    /// Index of the first sample in the range.
    public int from() {
        return from;
    }

    /// Index after the last sample in the range.
    public int to() {
        return to;
    }

    /// Samples in the range.
    public int size() {
        return to - from;
    }

    /// Samples of the series, also outside the range.
    public int seriesSize() {
        return series.size();
    }

    /// Time of sample `index`.
    public long timeMs(int index) {
        return series.timestampsMs()[index];
    }

    /// Value of sample `index`.
    public double value(int index) {
        return series.values()[index];
    }

    /// Histogram of sample `index`, or null for a float.
    public @Nullable NativeHistogram histogram(int index) {
        return series.histogram(index);
    }

    /// Start timestamp of sample `index` in Unix milliseconds, or [SeriesSamples#NO_START].
    public long startTimestampMs(int index) {
        return series.startTimestampMs(index);
    }

    /// Histograms in the range.
    public int histograms() {
        if (series.histograms() == null) {
            return 0;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            if (series.histogram(i) != null) {
                count++;
            }
        }
        return count;
    }

    /// Floats in the range, in order: a copy where histograms stand between them.
    public double[] floats() {
        double[] floats = new double[size() - histograms()];
        int at = 0;
        for (int i = from; i < to; i++) {
            if (series.histogram(i) == null) {
                floats[at++] = series.values()[i];
            }
        }
        return floats;
    }

    /// Start of the range, exclusive, Unix milliseconds.
    public long startMs() {
        return startMs;
    }

    /// End of the range, inclusive, Unix milliseconds.
    public long endMs() {
        return endMs;
    }

    /// Time of the step, Unix milliseconds.
    public long stepMs() {
        return stepMs;
    }

    /// Length of the range, seconds.
    public double rangeSeconds() {
        return rangeMs / 1000.0;
    }

    /// How far before the range an anchor is looked for, milliseconds.
    public long lookbackMs() {
        return lookbackMs;
    }

    /// How the ends of the range are computed.
    public Mode mode() {
        return mode;
    }

    /// Scalar argument `index` at this step.
    public double argument(int index) {
        return call.arguments()[index][step];
    }

    /// Name of the function, as written.
    public String function() {
        return call.name();
    }

    /// Where the first argument stands.
    public Span span() {
        return call.span();
    }

    /// Where the range stands.
    public Span rangeSpan() {
        return call.rangeSpan();
    }

    /// Where warnings go.
    public Annotations annotations() {
        return annotations;
    }

    /// Answers a histogram; returns what the function has to return.
    public double answer(NativeHistogram histogram) {
        answer = histogram;
        return 0;
    }

    @Nullable NativeHistogram answered() {
        return answer;
    }
}
