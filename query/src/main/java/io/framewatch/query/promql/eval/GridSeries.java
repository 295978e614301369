package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One series of a vector over all steps. A step without a sample holds [#ABSENT], a NaN of its own
/// that no arithmetic yields. Not thread safe.
public final class GridSeries {

    /// What the value of a step without a sample is.
    public static final double ABSENT = StaleNaN.VALUE;

    private final Labels labels;
    private final boolean dropName;
    private final double[] values;
    private @Nullable NativeHistogram @Nullable [] histograms;

    private GridSeries(
            Labels labels,
            boolean dropName,
            double[] values,
            @Nullable NativeHistogram @Nullable [] histograms) {
        this.labels = labels;
        this.dropName = dropName;
        this.values = values;
        this.histograms = histograms;
    }

    /// A series without samples.
    public static GridSeries empty(Labels labels, boolean dropName, int steps) {
        double[] values = new double[steps];
        Arrays.fill(values, ABSENT);
        return new GridSeries(labels, dropName, values, null);
    }

    /// A series of floats; takes ownership of `values`.
    public static GridSeries of(Labels labels, boolean dropName, double[] values) {
        return new GridSeries(labels, dropName, values, null);
    }

    /// The same samples under another name; the arrays are shared.
    public GridSeries renamed(Labels newLabels, boolean newDropName) {
        return new GridSeries(newLabels, newDropName, values, histograms);
    }

    /// Labels, the metric name included even when [#dropName] says that it must not be shown.
    public Labels labels() {
        return labels;
    }

    /// Whether the metric name goes away in the final result.
    public boolean dropName() {
        return dropName;
    }

    /// The values; the caller may change them only if it made this series.
    public double[] values() {
        return values;
    }

    /// Whether there is a sample at `step`.
    public boolean has(int step) {
        return !StaleNaN.is(values[step]);
    }

    /// Whether `value` stands for no sample.
    public static boolean isAbsent(double value) {
        return StaleNaN.is(value);
    }

    /// The float at `step`.
    public double value(int step) {
        return values[step];
    }

    /// The histogram at `step`, or null if there is no sample or it is a float.
    public @Nullable NativeHistogram histogram(int step) {
        return histograms == null ? null : histograms[step];
    }

    /// Whether there is a float at `step`.
    public boolean hasFloat(int step) {
        return has(step) && (histograms == null || histograms[step] == null);
    }

    /// Whether any step may hold a histogram.
    public boolean mayHaveHistograms() {
        return histograms != null;
    }

    /// Sets a float.
    public void set(int step, double value) {
        values[step] = value;
        if (histograms != null) {
            histograms[step] = null;
        }
    }

    /// Sets a histogram.
    public void set(int step, NativeHistogram histogram) {
        if (histograms == null) {
            histograms = new NativeHistogram[values.length];
        }
        values[step] = 0;
        histograms[step] = histogram;
    }

    /// Copies the sample of another series at the same step, if there is one.
    public void copy(GridSeries from, int step) {
        NativeHistogram histogram = from.histogram(step);
        if (histogram != null) {
            set(step, histogram);
        } else {
            set(step, from.values[step]);
        }
    }

    /// Copies the samples of another series at all steps from `from` on, also where it has none.
    void copyFrom(GridSeries other, int from) {
        System.arraycopy(other.values, from, values, from, values.length - from);
        if (other.histograms != null) {
            if (histograms == null) {
                histograms = new NativeHistogram[values.length];
            }
            System.arraycopy(other.histograms, from, histograms, from, values.length - from);
        }
    }

    /// Whether any step has a sample.
    public boolean hasAny() {
        for (double value : values) {
            if (!StaleNaN.is(value)) {
                return true;
            }
        }
        return false;
    }

    /// Steps that have a sample.
    public int count() {
        int count = 0;
        for (double value : values) {
            if (!StaleNaN.is(value)) {
                count++;
            }
        }
        return count;
    }
}
