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

    /// Adds samples; of several at one timestamp the one with the largest value counts.
    void add(long[] times, double[] numbers, int from, int to) {
        int most = size + to - from;
        if (most > timestampsMs.length) {
            int rows = Math.max(most, timestampsMs.length * 2);
            timestampsMs = Arrays.copyOf(timestampsMs, rows);
            values = Arrays.copyOf(values, rows);
        }
        long last = size == 0 ? Long.MIN_VALUE : timestampsMs[size - 1];
        for (int i = from; i < to; i++) {
            if (times[i] == last) {
                settle(numbers[i]);
                continue;
            }
            last = times[i];
            timestampsMs[size] = last;
            values[size++] = numbers[i];
        }
    }

    private void settle(double other) {
        if (other > values[size - 1] || Double.isNaN(values[size - 1])) {
            values[size - 1] = other;
        }
    }

    int size() {
        return size;
    }

    /// Forgets all samples and keeps the room.
    void clear() {
        size = 0;
    }

    /// The samples; the arrays are shared.
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
