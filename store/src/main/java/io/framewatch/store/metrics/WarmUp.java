package io.framewatch.store.metrics;

import io.framewatch.engine.EngineException;
import io.framewatch.model.FaultException;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.MetadataTable;
import io.framewatch.store.clickhouse.SampleTable;
import io.framewatch.store.clickhouse.SeriesTable;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.hot.HotSeries;
import io.framewatch.store.hot.HotTenant;
import io.framewatch.store.hot.HotWindow;
import io.framewatch.store.index.SeriesRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// After a start, reads the newest samples back from the engine into the hot window, so that it
/// reaches further back than the start. Until then the engine answers.
final class WarmUp {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// What a sample takes in memory while it is read back, bytes.
    private static final int SAMPLE_BYTES = 32;

    /// What is read back first, so that the pages people look at first are fast soon, and the most
    /// that is read back at once after it.
    private static final long FIRST_MS = 15 * 60_000;

    private static final long PORTION_MS = 3_600_000;

    private static final long NOTHING = Long.MAX_VALUE;

    /// How far a tenant's samples were read back.
    ///
    /// @param fromMs from when on they are in the window, [#NOTHING] if none fitted
    /// @param oldestMs the engine has none of the time to be read back that is older than this;
    ///   samples that came since the start came into the window at once
    private record Reached(long fromMs, long oldestMs) {}

    /// How often the first span is halved when it holds more than fits.
    private static final int HALVINGS_MAX = 4;

    /// Of the window's memory, as much may be filled.
    private static final double FILLED_SHARE = 0.6;

    private final ClickHouse clickHouse;
    private final MetricReader reader;
    private final HotWindow hot;
    private final Journal journal;
    private final long fromMs;
    private final long nowMs;
    private final long bytesMax;
    private final SelectLimits limits;

    WarmUp(
            ClickHouse clickHouse,
            MetricReader reader,
            HotWindow hot,
            Journal journal,
            EngineStoreOptions options,
            long nowMs) {
        this.clickHouse = clickHouse;
        this.reader = reader;
        this.hot = hot;
        this.journal = journal;
        this.nowMs = nowMs;
        this.fromMs = nowMs - options.warmUp().toMillis();
        this.bytesMax = hot.status().bytesMax();
        this.limits =
                new SelectLimits(
                        options.hot().seriesPerTenantMax(),
                        options.hot().bytesMax() / SAMPLE_BYTES);
    }

    /// Runs once; a failure leaves the window as it is.
    void run(BiConsumer<Tenant, Map<String, MetricMetadata>> learn, Consumer<String> log) {
        try {
            journal.awaitFlushed(PATIENCE);
            // Of a tenant that the engine does not know there is nothing to read, which the window
            // learns all the same: it is complete then.
            Set<Tenant> tenants = new TreeSet<>(hot.tenants());
            tenants.add(Tenant.DEFAULT);
            tenants.addAll(MetricReader.told(() -> SeriesTable.tenants(clickHouse)));
            Map<Tenant, Reached> reached = new TreeMap<>();
            for (Tenant tenant : tenants) {
                learn.accept(
                        tenant, MetricReader.told(() -> MetadataTable.read(clickHouse, tenant)));
                reached.put(tenant, warmFirst(tenant));
            }
            reached.forEach(this::warmOn);
        } catch (FaultException | EngineException failed) {
            log.accept("the hot window starts cold: " + failed.getMessage());
        }
    }

    /// Reads back the newest samples and returns from when on, [#NOTHING] if even few do not fit.
    private Reached warmFirst(Tenant tenant) {
        HotTenant window = hot.of(tenant);
        // First have what comes in kept, then read what came in before.
        window.keepFrom(fromMs);
        journal.awaitFlushed(PATIENCE);
        long oldestMs = MetricReader.told(() -> SampleTable.oldestMs(clickHouse, tenant, fromMs));
        // A store that is not new may have samples that were ahead of the clock, and still are.
        if (journal.wasEmpty() && oldestMs >= nowMs) {
            window.completeFrom(fromMs);
            return new Reached(fromMs, oldestMs);
        }
        long spanMs = Math.min(nowMs - fromMs, FIRST_MS);
        for (int halving = 0; halving <= HALVINGS_MAX; halving++) {
            long from = nowMs - (spanMs >> halving);
            if (warm(tenant, window, from, Long.MAX_VALUE)) {
                return new Reached(from, oldestMs);
            }
        }
        return new Reached(NOTHING, oldestMs);
    }

    /// Reads back what is older, portion by portion, as long as there is something and memory
    /// allows.
    private void warmOn(Tenant tenant, Reached reached) {
        HotTenant window = hot.of(tenant);
        long from = reached.fromMs();
        long spanMs = nowMs - from;
        while (from > fromMs && from != NOTHING && hasRoom(spanMs, nowMs - from)) {
            if (from <= reached.oldestMs()) {
                window.completeFrom(fromMs);
                return;
            }
            long older = Math.max(fromMs, from - spanMs);
            if (!warm(tenant, window, older, from - 1)) {
                return;
            }
            from = older;
            spanMs = Math.min(2 * spanMs, PORTION_MS);
        }
    }

    /// Whether `spanMs` more will fit, at what the `heldMs` read back so far take, with room for
    /// what comes in.
    private boolean hasRoom(long spanMs, long heldMs) {
        long bytes = hot.bytes();
        double more = (double) bytes * spanMs / heldMs;
        return bytes + more < bytesMax * FILLED_SHARE;
    }

    /// Reads back what lies from `from` to `to`; false if that is more than fits or may be.
    private boolean warm(Tenant tenant, HotTenant window, long from, long to) {
        try {
            TimeRange range = new TimeRange(from, to);
            reader.scan(
                    tenant,
                    List.of(),
                    TimeWindows.whole(range),
                    limits.withStarts(reader.hasStarts(tenant, range)),
                    reader.selections().changes(tenant),
                    samples -> enter(window, samples));
        } catch (FaultException over) {
            if (over.fault().code().equals("query_limit") || SeriesRegistry.isLimit(over)) {
                return false;
            }
            throw over;
        }
        window.completeFrom(from);
        return true;
    }

    private static void enter(HotTenant window, SeriesSamples samples) {
        HotSeries series = window.series(samples.labels());
        series.enterDurable(samples);
        series.announced();
    }
}
