package io.framewatch.store.hot;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The newest samples of one series in sorted columns. Guarded by its own monitor.
public final class HotSeries {

    /// What became of one sample.
    public enum Outcome {
        /// Entered.
        ENTERED,
        /// The same value stands at its timestamp.
        DUPLICATE,
        /// Another value stands at its timestamp.
        CONFLICT
    }

    /// What a series costs beside its samples, bytes, roughly.
    static final int SERIES_BYTES = 600;

    private static final int SAMPLE_BYTES = 16;
    private static final int HISTOGRAM_BYTES = 400;

    private final Series series;
    private final int salt;
    private long[] timestampsMs = new long[4];
    private double[] values = new double[4];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private int size;

    /// Appends on their way that entered samples here.
    private final List<Pending> pending = new ArrayList<>(1);

    /// Whether the engine will learn of this series from a record that is durable.
    private boolean announced;

    /// Days of which it will learn, the newest and the one announced before it.
    private int day = Integer.MIN_VALUE;

    private int dayBefore = Integer.MIN_VALUE;

    HotSeries(Series series, int salt) {
        this.series = series;
        this.salt = salt;
    }

    /// The handle.
    public Series series() {
        return series;
    }

    /// The salt of its id.
    public int salt() {
        return salt;
    }

    /// Enters a sample on behalf of `by`. If one stands at its timestamp already, adds to
    /// `dependsOn` the appends that may not be durable yet.
    public synchronized Outcome enter(
            long timestampMs,
            double value,
            @Nullable NativeHistogram histogram,
            Pending by,
            Set<Pending> dependsOn) {
        int at = size == 0 || timestampMs > timestampsMs[size - 1] ? size : position(timestampMs);
        if (at < size && timestampsMs[at] == timestampMs) {
            pending.removeIf(Pending::isDone);
            pending.stream().filter(other -> other != by).forEach(dependsOn::add);
            return sameAt(at, value, histogram) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        if (pending.isEmpty() || pending.getLast() != by) {
            pending.removeIf(Pending::isDone);
            pending.add(by);
        }
        insert(at, timestampMs, value, histogram);
        return Outcome.ENTERED;
    }

    private void insert(
            int at, long timestampMs, double value, @Nullable NativeHistogram histogram) {
        grow(histogram != null);
        System.arraycopy(timestampsMs, at, timestampsMs, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        timestampsMs[at] = timestampMs;
        values[at] = value;
        if (histograms != null) {
            System.arraycopy(histograms, at, histograms, at + 1, size - at);
            histograms[at] = histogram;
        }
        size++;
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

    private void grow(boolean forHistogram) {
        if (size == timestampsMs.length) {
            int rows = size + Math.max(4, size / 2);
            timestampsMs = Arrays.copyOf(timestampsMs, rows);
            values = Arrays.copyOf(values, rows);
            if (histograms != null) {
                histograms = Arrays.copyOf(histograms, rows);
            }
        }
        if (forHistogram && histograms == null) {
            histograms = new NativeHistogram[timestampsMs.length];
        }
    }

    /// Takes back a sample whose append failed.
    public synchronized void takeBack(long timestampMs) {
        int at = position(timestampMs);
        if (at < size && timestampsMs[at] == timestampMs) {
            int after = size - at - 1;
            System.arraycopy(timestampsMs, at + 1, timestampsMs, at, after);
            System.arraycopy(values, at + 1, values, at, after);
            if (histograms != null) {
                System.arraycopy(histograms, at + 1, histograms, at, after);
                histograms[size - 1] = null;
            }
            size--;
        }
    }

    /// Whether the engine still has to be told of this series.
    public synchronized boolean unannounced() {
        return !announced;
    }

    /// Whether the engine still has to be told that the series was seen on day `number`.
    public synchronized boolean unannounced(int number) {
        return day != number && dayBefore != number;
    }

    /// A record that tells of the series is durable.
    public synchronized void announced() {
        announced = true;
    }

    /// A record that tells of the day is durable.
    public synchronized void announced(int number) {
        if (unannounced(number)) {
            dayBefore = day;
            day = number;
        }
    }

    /// The samples in `range` as copies, or null if there is none.
    public synchronized @Nullable SeriesSamples samples(TimeRange range) {
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
                histogramsOf(from, to));
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
    public synchronized boolean touches(TimeRange range) {
        int from = position(range.fromMs());
        return from < size && timestampsMs[from] <= range.toMs();
    }

    synchronized int size() {
        return size;
    }

    /// What it takes in memory, bytes, roughly.
    synchronized long bytes() {
        long samples = (long) timestampsMs.length * SAMPLE_BYTES;
        return SERIES_BYTES + samples + (histograms == null ? 0 : (long) size * HISTOGRAM_BYTES);
    }

    /// Forgets samples before `timestampMs`.
    synchronized void forgetBefore(long timestampMs) {
        int from = position(timestampMs);
        if (from > 0) {
            timestampsMs = Arrays.copyOfRange(timestampsMs, from, Math.max(size, from + 4));
            values = Arrays.copyOfRange(values, from, from + timestampsMs.length);
            if (histograms != null) {
                histograms = Arrays.copyOfRange(histograms, from, from + timestampsMs.length);
            }
            size -= from;
        }
    }
}
