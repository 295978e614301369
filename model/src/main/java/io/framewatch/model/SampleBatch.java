package io.framewatch.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples on their way into the store, in columns: row `i` is `series(i)`, `timestampMs(i)` and
/// either `value(i)` or `histogram(i)`. Meant to be cleared and used again. All series belong to
/// one tenant. Not thread safe.
public final class SampleBatch {

    private static final Series[] NONE = {};

    private final Tenant tenant;
    private Series[] series;
    private long[] timestampsMs;
    private double[] values;
    private NativeHistogram @Nullable [] histograms;
    private long @Nullable [] startTimestampsMs;
    private int size;
    private boolean patient;
    private @Nullable Runnable whenVisible;

    /// The start timestamp of a row whose start is unknown.
    public static final long NO_START = Long.MIN_VALUE;

    /// Starts behind this, in 2106, are not believed: no store could keep samples from there on.
    private static final long START_MAX_MS = 4_294_967_295_000L;

    /// An empty batch of `tenant` with room for `capacity` rows; it grows as needed.
    public SampleBatch(Tenant tenant, int capacity) {
        this.tenant = tenant;
        int rows = Math.max(capacity, 16);
        this.series = new Series[rows];
        this.timestampsMs = new long[rows];
        this.values = new double[rows];
    }

    /// An empty batch of `tenant` that takes over the memory of `spent`, which must not be used any
    /// more.
    public SampleBatch(Tenant tenant, SampleBatch spent) {
        spent.clear();
        this.tenant = tenant;
        this.series = spent.series;
        this.timestampsMs = spent.timestampsMs;
        this.values = spent.values;
        spent.series = NONE;
    }

    /// Rows there is room for.
    public int capacity() {
        return series.length;
    }

    /// Whose samples these are.
    public Tenant tenant() {
        return tenant;
    }

    /// Says that nobody waits for the answer to this batch: a store may take longer, and have one
    /// sync of its disk serve several. Holds until the batch is dropped.
    public void setPatient() {
        patient = true;
    }

    /// Whether nobody waits for the answer.
    public boolean isPatient() {
        return patient;
    }

    /// Has `told` run by a store that shows the rows to selects before they are durable, as soon as
    /// it does, by the thread that appends. Whoever reads on from there sees rows that may be taken
    /// back, if the append fails in the end. A store need not do so. Holds until the batch is
    /// dropped.
    public void whenVisible(Runnable told) {
        whenVisible = told;
    }

    /// Whether anybody wants to know when the rows are visible.
    public boolean tellsVisible() {
        return whenVisible != null;
    }

    /// To be called by the store when selects see the rows.
    public void visible() {
        if (whenVisible != null) {
            whenVisible.run();
        }
    }

    /// Rows added.
    public int size() {
        return size;
    }

    /// Adds a float sample; `timestampMs` is Unix milliseconds.
    public void add(Series of, long timestampMs, double value) {
        grow();
        series[size] = of;
        timestampsMs[size] = timestampMs;
        values[size] = value;
        size++;
    }

    /// Adds a native histogram sample.
    public void add(Series of, long timestampMs, NativeHistogram histogram) {
        add(of, timestampMs, histogram.sum());
        if (histograms == null) {
            histograms = new NativeHistogram[series.length];
        }
        histograms[size - 1] = histogram;
    }

    /// Says when the counting behind the row added last began, Unix milliseconds. As in the formats
    /// that tell starts, 0 and what cannot be stored stand for an unknown one.
    public void startTimestampMs(long startMs) {
        if (startMs <= 0 || startMs > START_MAX_MS) {
            return;
        }
        long[] starts = startTimestampsMs;
        if (starts == null) {
            starts = new long[series.length];
            Arrays.fill(starts, NO_START);
            startTimestampsMs = starts;
        }
        starts[size - 1] = startMs;
    }

    /// When the counting behind row `row` began, Unix milliseconds, or [#NO_START].
    public long startTimestampMs(int row) {
        return startTimestampsMs == null ? NO_START : startTimestampsMs[row];
    }

    /// Series of row `row`.
    public Series series(int row) {
        return series[row];
    }

    /// Timestamp of row `row`, Unix milliseconds.
    public long timestampMs(int row) {
        return timestampsMs[row];
    }

    /// Value of row `row`; of a histogram row, its sum.
    public double value(int row) {
        return values[row];
    }

    /// Histogram of row `row`, or null if the row is a float sample.
    public @Nullable NativeHistogram histogram(int row) {
        return histograms == null ? null : histograms[row];
    }

    /// Whether any row is a histogram.
    public boolean hasHistograms() {
        return histograms != null;
    }

    /// Empties the batch and keeps its memory.
    @SuppressWarnings("NullAway") // cleared slots are never read: rows end at size
    public void clear() {
        Arrays.fill(series, 0, size, null);
        histograms = null;
        startTimestampsMs = null;
        size = 0;
    }

    private void grow() {
        if (size < series.length) {
            return;
        }
        int rows = series.length * 2;
        series = Arrays.copyOf(series, rows);
        timestampsMs = Arrays.copyOf(timestampsMs, rows);
        values = Arrays.copyOf(values, rows);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, rows);
        }
        if (startTimestampsMs != null) {
            startTimestampsMs = Arrays.copyOf(startTimestampsMs, rows);
            Arrays.fill(startTimestampsMs, size, rows, NO_START);
        }
    }
}
