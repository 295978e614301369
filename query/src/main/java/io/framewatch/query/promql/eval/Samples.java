package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// What is done to the samples of a series before they are computed with.
final class Samples {

    private Samples() {}

    static boolean isStale(SeriesSamples samples, int at) {
        NativeHistogram histogram = samples.histogram(at);
        return histogram == null ? StaleNaN.is(samples.values()[at]) : histogram.isStale();
    }

    /// The same samples without stale markers.
    static SeriesSamples withoutStale(SeriesSamples samples) {
        int stale = 0;
        for (int i = 0; i < samples.size(); i++) {
            stale += isStale(samples, i) ? 1 : 0;
        }
        if (stale == 0) {
            return samples;
        }
        int size = samples.size() - stale;
        long[] times = new long[size];
        double[] values = new double[size];
        @Nullable NativeHistogram @Nullable [] histograms =
                samples.histograms() == null ? null : new NativeHistogram[size];
        long @Nullable [] starts = samples.startTimestampsMs() == null ? null : new long[size];
        int at = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (!isStale(samples, i)) {
                times[at] = samples.timestampsMs()[i];
                values[at] = samples.values()[i];
                if (histograms != null) {
                    histograms[at] = samples.histogram(i);
                }
                if (starts != null) {
                    starts[at] = samples.startTimestampMs(i);
                }
                at++;
            }
        }
        return new SeriesSamples(samples.labels(), size, times, values, histograms, starts);
    }

    /// The same samples with every unknown counter-reset hint found by comparing neighbours.
    static SeriesSamples resolved(SeriesSamples samples) {
        if (samples.histograms() == null) {
            return samples;
        }
        @Nullable NativeHistogram[] histograms = new NativeHistogram[samples.size()];
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram current = samples.histogram(i);
            NativeHistogram before = i == 0 ? null : samples.histogram(i - 1);
            histograms[i] =
                    current == null || before == null || before.isStale()
                            ? current
                            : CounterResets.resolved(before, current);
        }
        return new SeriesSamples(
                samples.labels(),
                samples.size(),
                samples.timestampsMs(),
                samples.values(),
                histograms,
                samples.startTimestampsMs());
    }
}
