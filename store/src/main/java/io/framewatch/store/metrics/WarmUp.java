package io.framewatch.store.metrics;

import io.framewatch.engine.EngineException;
import io.framewatch.model.FaultException;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.MetadataTable;
import io.framewatch.store.clickhouse.SeriesTable;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.hot.HotSeries;
import io.framewatch.store.hot.HotTenant;
import io.framewatch.store.hot.HotWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// After a start, reads the newest samples back from the engine into the hot window, so that it
/// reaches further back than the start. Until then the engine answers.
final class WarmUp {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// What a sample takes in memory while it is read back, bytes.
    private static final int SAMPLE_BYTES = 32;

    /// How often the span is halved when it holds more than fits.
    private static final int HALVINGS_MAX = 4;

    private final ClickHouse clickHouse;
    private final MetricReader reader;
    private final HotWindow hot;
    private final Journal journal;
    private final long fromMs;
    private final long nowMs;
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
            for (Tenant tenant : tenants) {
                learn.accept(
                        tenant, MetricReader.told(() -> MetadataTable.read(clickHouse, tenant)));
                warm(tenant);
            }
        } catch (FaultException | EngineException failed) {
            log.accept("the hot window starts cold: " + failed.getMessage());
        }
    }

    private void warm(Tenant tenant) {
        HotTenant window = hot.of(tenant);
        // First have what comes in kept, then read what came in before.
        window.keepFrom(fromMs);
        journal.awaitFlushed(PATIENCE);
        long span = nowMs - fromMs;
        for (int halving = 0; halving <= HALVINGS_MAX; halving++) {
            if (warm(tenant, window, nowMs - (span >> halving))) {
                return;
            }
        }
    }

    /// Reads back what is newer than `from`; false if that is more than fits.
    private boolean warm(Tenant tenant, HotTenant window, long from) {
        List<SeriesSamples> found;
        try {
            TimeRange range = new TimeRange(from, Long.MAX_VALUE);
            found = reader.select(tenant, List.of(), range, limits);
        } catch (FaultException over) {
            if (over.fault().code().equals("query_limit")) {
                return false;
            }
            throw over;
        }
        found.forEach(samples -> enter(window, samples));
        window.completeFrom(from);
        return true;
    }

    private static void enter(HotTenant window, SeriesSamples samples) {
        HotSeries series = window.series(samples.labels());
        series.enterDurable(samples);
        series.announced();
    }
}
