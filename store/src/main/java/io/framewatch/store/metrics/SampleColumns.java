package io.framewatch.store.metrics;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.store.SeriesSamples;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Float samples of one series as they are read, in time order. Not thread safe.
final class SampleColumns {

    private long[] timestampsMs = new long[16];
    private double[] values = new double[16];
    private int size;

    /// Adds a sample; one at the timestamp of the sample before is dropped, since the first wins.
    void add(long timestampMs, double value) {
        if (size > 0 && timestampsMs[size - 1] == timestampMs) {
            return;
        }
        if (size == timestampsMs.length) {
            timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        timestampsMs[size] = timestampMs;
        values[size] = value;
        size++;
    }

    SeriesSamples samples(Labels labels) {
        return new SeriesSamples(labels, size, timestampsMs, values, null);
    }

    /// These and histograms, both in time order; at equal times the float wins.
    SeriesSamples merge(Labels labels, List<Long> times, List<NativeHistogram> histograms) {
        int most = size + times.size();
        long[] allTimes = new long[most];
        double[] allValues = new double[most];
        @Nullable NativeHistogram[] allHistograms = new @Nullable NativeHistogram[most];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < times.size()) {
            boolean takeFloat = j == times.size() || i < size && timestampsMs[i] <= times.get(j);
            if (takeFloat) {
                j += j < times.size() && timestampsMs[i] == times.get(j) ? 1 : 0;
                allTimes[n] = timestampsMs[i];
                allValues[n] = values[i];
                i++;
            } else {
                allTimes[n] = times.get(j);
                allValues[n] = histograms.get(j).sum();
                allHistograms[n] = histograms.get(j);
                j++;
            }
            n++;
        }
        return new SeriesSamples(labels, n, allTimes, allValues, allHistograms);
    }
}
