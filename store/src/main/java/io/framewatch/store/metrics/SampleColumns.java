package io.framewatch.store.metrics;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.SampleTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Float samples of one series as they are read, put into time order. Not thread safe.
final class SampleColumns {

    private long[] timestampsMs = new long[16];
    private double[] values = new double[16];
    private long @Nullable [] startsMs;
    private int size;
    private boolean isMixed;

    /// Adds samples, in time order among themselves; of several at one timestamp the one with the
    /// largest value counts.
    ///
    /// @param starts as the table has them; null if they were not read, for all samples or none
    void add(long[] times, double[] numbers, long @Nullable [] starts, int from, int to) {
        int most = size + to - from;
        if (starts != null && startsMs == null) {
            startsMs = new long[timestampsMs.length];
        }
        if (most > timestampsMs.length) {
            int rows = Math.max(most, timestampsMs.length * 2);
            timestampsMs = Arrays.copyOf(timestampsMs, rows);
            values = Arrays.copyOf(values, rows);
            startsMs = startsMs == null ? null : Arrays.copyOf(startsMs, rows);
        }
        long last = size == 0 ? Long.MIN_VALUE : timestampsMs[size - 1];
        for (int i = from; i < to; i++) {
            if (times[i] == last) {
                if (isLarger(numbers[i], values[size - 1])) {
                    set(size - 1, numbers[i], starts, i);
                }
                continue;
            }
            isMixed |= times[i] < last;
            last = times[i];
            timestampsMs[size] = last;
            set(size++, numbers[i], starts, i);
        }
    }

    private void set(int at, double value, long @Nullable [] starts, int from) {
        values[at] = value;
        if (startsMs != null && starts != null) {
            startsMs[at] = SampleTable.startMs(starts[from]);
        }
    }

    private static boolean isLarger(double other, double than) {
        return other > than || Double.isNaN(than);
    }

    /// Puts what came in blocks that overlap into time order.
    private void settle() {
        if (!isMixed) {
            return;
        }
        isMixed = false;
        long[] times = timestampsMs.clone();
        double[] numbers = values.clone();
        long[] starts = startsMs == null ? null : startsMs.clone();
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
        int n = 0;
        for (int i : order) {
            if (n > 0 && times[i] == timestampsMs[n - 1]) {
                if (!isLarger(numbers[i], values[n - 1])) {
                    continue;
                }
                n--;
            }
            timestampsMs[n] = times[i];
            values[n] = numbers[i];
            if (startsMs != null && starts != null) {
                startsMs[n] = starts[i];
            }
            n++;
        }
        size = n;
    }

    private boolean anyStarts() {
        for (int i = 0; startsMs != null && i < size; i++) {
            if (startsMs[i] != SeriesSamples.NO_START) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /// Forgets all samples and keeps the room.
    void clear() {
        size = 0;
        isMixed = false;
    }

    /// The samples; the arrays are shared.
    SeriesSamples samples(Labels labels) {
        settle();
        return new SeriesSamples(
                labels, size, timestampsMs, values, null, anyStarts() ? startsMs : null);
    }

    /// These and histograms, both in time order; at equal times the float wins.
    ///
    /// @param starts of the histograms; null if none is wanted
    SeriesSamples merge(
            Labels labels,
            List<Long> times,
            List<NativeHistogram> histograms,
            @Nullable List<Long> starts) {
        settle();
        int most = size + times.size();
        long[] allTimes = new long[most];
        double[] allValues = new double[most];
        @Nullable NativeHistogram[] allHistograms = new @Nullable NativeHistogram[most];
        long[] allStarts = new long[starts == null ? 0 : most];
        boolean started = false;
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < times.size()) {
            boolean takeFloat = j == times.size() || i < size && timestampsMs[i] <= times.get(j);
            if (takeFloat) {
                j += j < times.size() && timestampsMs[i] == times.get(j) ? 1 : 0;
                allTimes[n] = timestampsMs[i];
                allValues[n] = values[i];
                if (starts != null) {
                    allStarts[n] = startsMs == null ? SeriesSamples.NO_START : startsMs[i];
                }
                i++;
            } else {
                allTimes[n] = times.get(j);
                allValues[n] = histograms.get(j).sum();
                allHistograms[n] = histograms.get(j);
                if (starts != null) {
                    allStarts[n] = starts.get(j);
                }
                j++;
            }
            started |= starts != null && allStarts[n] != SeriesSamples.NO_START;
            n++;
        }
        return new SeriesSamples(
                labels, n, allTimes, allValues, allHistograms, started ? allStarts : null);
    }
}
