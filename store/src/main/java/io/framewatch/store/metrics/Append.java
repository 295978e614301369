package io.framewatch.store.metrics;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.clickhouse.Times;
import io.framewatch.store.hot.HotSeries;
import io.framewatch.store.hot.HotTenant;
import io.framewatch.store.hot.Pending;
import io.framewatch.store.record.MetricRecord;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One batch on its way in: entered into the hot window, written into the log, and taken back if
/// the log refuses. Not thread safe.
final class Append {

    private static final long DAY_MS = 86_400_000L;

    private final HotTenant hot;
    private final MetricRecord record;
    private final Pending mine = new Pending();
    private final Set<Pending> dependsOn = new HashSet<>();
    private final Set<HotSeries> announced = new LinkedHashSet<>();
    private final Set<DayOf> days = new LinkedHashSet<>();
    private final HotSeries[] enteredSeries;
    private final long[] enteredMs;
    private int entered;
    private int stored;
    private int duplicates;
    private int conflicts;
    private int tooFarOff;
    private int refused;
    private int unchecked;

    private record DayOf(HotSeries series, int day) {}

    private Append(HotTenant hot, SampleBatch batch) {
        this.hot = hot;
        this.record = MetricRecord.of(batch.tenant(), batch.size());
        this.enteredSeries = new HotSeries[batch.size()];
        this.enteredMs = new long[batch.size()];
    }

    /// Appends `batch`; samples after `newestMs` are refused as too far off. `log` makes a record
    /// durable; `older` is told how many samples were too old to be compared with what stands
    /// there. While the append is under way after it told that it is visible, it is in `shown`.
    static AppendResult run(
            HotTenant hot,
            SampleBatch batch,
            long newestMs,
            Consumer<MetricRecord> log,
            LongConsumer older,
            Set<Pending> shown) {
        Append append = new Append(hot, batch);
        hot.appending().lock();
        try {
            append.enterAndWrite(batch, newestMs, log, shown);
        } finally {
            hot.appending().unlock();
        }
        append.awaitOthers();
        older.accept(append.unchecked);
        return new AppendResult(
                append.stored,
                append.duplicates,
                append.conflicts,
                append.tooFarOff,
                append.refused);
    }

    private void enter(SampleBatch batch, long newestMs) {
        @Nullable HotSeries[] series = hot.series(batch);
        for (int row = 0; row < batch.size(); row++) {
            long timestampMs = batch.timestampMs(row);
            if (timestampMs < Times.MIN_MS || timestampMs > Math.min(newestMs, Times.MAX_MS)) {
                tooFarOff++;
                continue;
            }
            HotSeries own = series[row];
            if (own == null) {
                refused++;
                continue;
            }
            enter(own, timestampMs, batch, row);
        }
    }

    private void enter(HotSeries series, long timestampMs, SampleBatch batch, int row) {
        double value = batch.value(row);
        NativeHistogram histogram = batch.histogram(row);
        long startMs = batch.startTimestampMs(row);
        if (timestampMs >= hot.keptFromMs()) {
            switch (series.enter(timestampMs, value, histogram, startMs, mine, dependsOn)) {
                case ENTERED -> {
                    enteredSeries[entered] = series;
                    enteredMs[entered++] = timestampMs;
                }
                case DUPLICATE -> {
                    duplicates++;
                    return;
                }
                case CONFLICT -> {
                    conflicts++;
                    return;
                }
            }
        } else {
            unchecked++;
        }
        stored++;
        announce(series, (int) Math.floorDiv(timestampMs, DAY_MS));
        long id = series.series().id();
        if (histogram == null) {
            record.samples().add(id, timestampMs, value, startMs);
        } else {
            record.histograms()
                    .add(new MetricRecord.HistogramRow(id, timestampMs, histogram, startMs));
        }
    }

    /// Tells the engine of a series, and of a day on which it was seen, once: until a record that
    /// tells is durable, every record tells.
    private void announce(HotSeries series, int day) {
        if (series.unannounced() && announced.add(series)) {
            record.series().add(row(series));
        }
        if (series.unannounced(day) && days.add(new DayOf(series, day))) {
            record.days().add(new MetricRecord.DayRow(series.series().id(), day));
        }
    }

    static MetricRecord.SeriesRow row(HotSeries series) {
        return new MetricRecord.SeriesRow(
                series.series().id(), series.salt(), series.series().labels());
    }

    /// The record that makes exemplars durable; empty if all are left out.
    static MetricRecord exemplars(HotTenant hot, Tenant tenant, List<SeriesExemplar> exemplars) {
        MetricRecord record = MetricRecord.of(tenant);
        Set<HotSeries> told = new HashSet<>();
        Set<DayOf> seen = new HashSet<>();
        for (SeriesExemplar one : exemplars) {
            long timestampMs = one.exemplar().timestampMs();
            HotSeries own =
                    timestampMs < Times.MIN_MS || timestampMs > Times.MAX_MS
                            ? null
                            : hot.seriesOrNull(one.series().labels());
            if (own == null) {
                continue;
            }
            long id = own.series().id();
            int day = (int) Math.floorDiv(timestampMs, DAY_MS);
            if (own.unannounced() && told.add(own)) {
                record.series().add(row(own));
            }
            if (own.unannounced(day) && seen.add(new DayOf(own, day))) {
                record.days().add(new MetricRecord.DayRow(id, day));
            }
            record.exemplars().add(new MetricRecord.ExemplarRow(id, one.exemplar()));
        }
        return record;
    }

    private void enterAndWrite(
            SampleBatch batch, long newestMs, Consumer<MetricRecord> log, Set<Pending> shown) {
        boolean durable = false;
        try {
            enter(batch, newestMs);
            if (batch.tellsVisible()) {
                shown.add(mine);
                batch.visible();
            }
            if (!record.isEmpty()) {
                log.accept(record);
            }
            announced.forEach(HotSeries::announced);
            days.forEach(own -> own.series().announced(own.day()));
            durable = true;
        } finally {
            for (int i = 0; !durable && i < entered; i++) {
                enteredSeries[i].takeBack(enteredMs[i]);
            }
            shown.remove(mine);
            mine.done(durable);
        }
    }

    /// A sample that stands there already counts as received only once it is durable.
    private void awaitOthers() {
        for (Pending other : dependsOn) {
            if (!other.await()) {
                throw new FaultException(
                        Fault.later(
                                "append_interrupted",
                                "Another sender of the same samples failed to store them.",
                                "Send the data again."));
            }
        }
    }
}
