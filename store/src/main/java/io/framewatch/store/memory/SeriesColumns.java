package io.framewatch.store.memory;

import io.framewatch.model.Exemplar;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The samples of one series in growing, sorted columns. Guarded by its own monitor.
final class SeriesColumns {

    /// What became of one sample.
    enum Outcome {
        STORED,
        DUPLICATE,
        CONFLICT
    }

    private static final int EXEMPLARS_MAX = 100;

    private final Series series;
    private long[] timestampsMs = new long[8];
    private double[] values = new double[8];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private long @Nullable [] startsMs;
    private int size;
    private final Deque<Exemplar> exemplars = new ArrayDeque<>();

    SeriesColumns(Series series) {
        this.series = series;
    }

    Series series() {
        return series;
    }

    synchronized Outcome add(
            long timestampMs, double value, @Nullable NativeHistogram histogram, long startMs) {
        int at = size == 0 || timestampMs > timestampsMs[size - 1] ? size : position(timestampMs);
        if (at < size && timestampsMs[at] == timestampMs) {
            return sameAt(at, value, histogram) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        grow(histogram != null, startMs != SeriesSamples.NO_START);
        System.arraycopy(timestampsMs, at, timestampsMs, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        timestampsMs[at] = timestampMs;
        values[at] = value;
        if (histograms != null) {
            System.arraycopy(histograms, at, histograms, at + 1, size - at);
            histograms[at] = histogram;
        }
        if (startsMs != null) {
            System.arraycopy(startsMs, at, startsMs, at + 1, size - at);
            startsMs[at] = startMs;
        }
        size++;
        return Outcome.STORED;
    }

    private boolean sameAt(int at, double value, @Nullable NativeHistogram histogram) {
        NativeHistogram present = histograms == null ? null : histograms[at];
        if (present != null || histogram != null) {
            return present != null && present.equals(histogram);
        }
        return Double.doubleToRawLongBits(values[at]) == Double.doubleToRawLongBits(value);
    }

    /// Index of the first sample at or after `timestampMs`.
    private int position(long timestampMs) {
        int found = Arrays.binarySearch(timestampsMs, 0, size, timestampMs);
        return found >= 0 ? found : -found - 1;
    }

    private void grow(boolean forHistogram, boolean forStart) {
        if (size == timestampsMs.length) {
            int rows = size * 2;
            timestampsMs = Arrays.copyOf(timestampsMs, rows);
            values = Arrays.copyOf(values, rows);
            if (histograms != null) {
                histograms = Arrays.copyOf(histograms, rows);
            }
            if (startsMs != null) {
                startsMs = Arrays.copyOf(startsMs, rows);
            }
        }
        if (forStart && startsMs == null) {
            long[] unknown = new long[timestampsMs.length];
            Arrays.fill(unknown, SeriesSamples.NO_START);
            startsMs = unknown;
        }
        if (forHistogram && histograms == null) {
            histograms = new NativeHistogram[timestampsMs.length];
        }
    }

    /// The samples in `range` as copies, or null if there is none; their start timestamps only if
    /// they are wanted.
    synchronized @Nullable SeriesSamples samples(TimeRange range, boolean starts) {
        int from = position(range.fromMs());
        int to = range.toMs() == Long.MAX_VALUE ? size : position(range.toMs() + 1);
        if (from >= to) {
            return null;
        }
        return new SeriesSamples(
                series.labels(),
                to - from,
                Arrays.copyOfRange(timestampsMs, from, to),
                Arrays.copyOfRange(values, from, to),
                histogramsOf(from, to),
                startsMs == null || !starts ? null : Arrays.copyOfRange(startsMs, from, to));
    }

    private @Nullable NativeHistogram @Nullable [] histogramsOf(int from, int to) {
        if (histograms == null) {
            return null;
        }
        for (int i = from; i < to; i++) {
            if (histograms[i] != null) {
                return Arrays.copyOfRange(histograms, from, to);
            }
        }
        return null;
    }

    /// Whether a sample lies in `range`.
    synchronized boolean touches(TimeRange range) {
        int from = position(range.fromMs());
        return from < size && timestampsMs[from] <= range.toMs();
    }

    synchronized int size() {
        return size;
    }

    /// Forgets samples before `timestampMs` and returns how many.
    synchronized int forgetBefore(long timestampMs) {
        int from = position(timestampMs);
        if (from == 0) {
            return 0;
        }
        int capacity = Math.max(8, size - from);
        timestampsMs = Arrays.copyOf(Arrays.copyOfRange(timestampsMs, from, size), capacity);
        values = Arrays.copyOf(Arrays.copyOfRange(values, from, size), capacity);
        if (histograms != null) {
            histograms = Arrays.copyOf(Arrays.copyOfRange(histograms, from, size), capacity);
        }
        if (startsMs != null) {
            startsMs = Arrays.copyOf(Arrays.copyOfRange(startsMs, from, size), capacity);
        }
        size -= from;
        return from;
    }

    synchronized void exemplar(Exemplar exemplar) {
        if (exemplars.size() == EXEMPLARS_MAX) {
            exemplars.removeFirst();
        }
        exemplars.addLast(exemplar);
    }

    synchronized List<Exemplar> exemplars(TimeRange range) {
        return exemplars.stream().filter(e -> range.contains(e.timestampMs())).toList();
    }
}
