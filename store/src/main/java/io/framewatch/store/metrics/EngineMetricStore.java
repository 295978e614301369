package io.framewatch.store.metrics;

import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.AppendResult;
import io.framewatch.store.GridAnswer;
import io.framewatch.store.GridQuery;
import io.framewatch.store.MetricStore;
import io.framewatch.store.PairSink;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.DiskUsage;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.store.flush.FlushStatus;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.hot.HotScan;
import io.framewatch.store.hot.HotSeries;
import io.framewatch.store.hot.HotStatus;
import io.framewatch.store.hot.HotTenant;
import io.framewatch.store.hot.HotWindow;
import io.framewatch.store.hot.Pending;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.RecordType;
import io.framewatch.wal.WalStats;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The durable [MetricStore]: write-ahead log, hot window, engine. What [#append] has returned for
/// survives any crash and is stored once. While the engine is away, appends and hot selects go on.
/// Thread safe.
public final class EngineMetricStore implements MetricStore {

    private final EngineStoreOptions options;
    private final Clock clock;
    private final ClickHouse clickHouse;
    private final Journal journal;
    private final HotWindow hot;
    private final MetricReader reader;
    private final Thread warmUp;
    private final Map<Tenant, Map<String, MetricMetadata>> metadata = new ConcurrentHashMap<>();
    private final Runnable onClose;
    private final LongAdder unchecked = new LongAdder();

    /// Appends that told that they are visible and are not durable yet.
    private final Set<Pending> shown = ConcurrentHashMap.newKeySet();

    /// A store for the numbers of `folder`, whose log is `journal`; log and engine stay open when
    /// it is closed. The engine need not answer yet. `log` receives lines about trouble.
    public EngineMetricStore(
            Path folder,
            Journal journal,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            Clock clock,
            Consumer<String> log) {
        this(folder, journal, clickHouse, options, clock, log, () -> {});
    }

    private EngineMetricStore(
            Path folder,
            Journal journal,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            Clock clock,
            Consumer<String> log,
            Runnable onClose) {
        this.onClose = onClose;
        this.options = options;
        this.clock = clock;
        this.clickHouse = clickHouse;
        this.journal = journal;
        long now = clock.nowMs();
        byte[] key = SeriesKey.of(folder);
        this.hot = new HotWindow(options.hot(), key, now, log);
        this.reader = new MetricReader(clickHouse, key);
        WarmUp warming = new WarmUp(clickHouse, reader, hot, journal, options, now);
        this.warmUp =
                Thread.ofPlatform()
                        .name("warm-up")
                        .daemon()
                        .unstarted(() -> warming.run(this::learn, log));
    }

    /// Opens the store in `folder` with a log of its own, on an engine, which need not answer yet.
    /// `log` receives lines about trouble. The store closes `clickHouse`.
    public static EngineMetricStore open(
            Path folder,
            ClickHouse clickHouse,
            EngineStoreOptions options,
            Clock clock,
            Consumer<String> log) {
        Journal journal =
                Journal.open(
                        folder,
                        clickHouse,
                        new Migrations(clickHouse, options.retention()),
                        options.wal(),
                        options.flush(),
                        clock,
                        log);
        Runnable onClose =
                () -> {
                    journal.close();
                    clickHouse.close();
                };
        EngineMetricStore store =
                new EngineMetricStore(folder, journal, clickHouse, options, clock, log, onClose);
        journal.start();
        store.warmUp();
        return store;
    }

    /// Reads the newest samples back from the engine, meanwhile; to be called once, after the
    /// journal's start.
    public void warmUp() {
        warmUp.start();
    }

    @Override
    public Series series(Tenant tenant, Labels labels) {
        return hot.of(tenant).series(labels).series();
    }

    @Override
    public AppendResult append(SampleBatch batch) {
        if (batch.size() == 0) {
            return AppendResult.NOTHING;
        }
        long now = clock.nowMs();
        long newestMs = now + options.futureMax().toMillis();
        AppendResult result =
                Append.run(
                        hot.of(batch.tenant()),
                        batch,
                        newestMs,
                        record -> write(record, batch.isPatient()),
                        unchecked::add,
                        shown);
        hot.entered(result.stored(), now);
        return result;
    }

    @Override
    public void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
        MetricRecord record = Append.exemplars(hot.of(tenant), tenant, exemplars);
        if (!record.isEmpty()) {
            write(record);
        }
    }

    private void write(MetricRecord record) {
        write(record, false);
    }

    private void write(MetricRecord record, boolean patient) {
        boolean news = reader.selections().isNews(record);
        try {
            ByteBuffer bytes = record.encode();
            journal.append(RecordType.METRICS, bytes, record.oldestMs(), news, patient);
        } finally {
            if (news) {
                reader.selections().entered(record);
            }
        }
    }

    @Override
    public void metadata(Tenant tenant, Collection<MetricMetadata> families) {
        Map<String, MetricMetadata> known =
                metadata.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
        MetricRecord record = MetricRecord.of(tenant);
        for (MetricMetadata family : families) {
            if (!family.equals(known.get(family.family()))) {
                record.metadata().add(family);
            }
        }
        if (!record.isEmpty()) {
            write(record);
            record.metadata().forEach(family -> known.put(family.family(), family));
        }
    }

    /// Samples stored without being compared with what stands at their timestamp, because that is
    /// older than the hot window. Where another value stands there, the larger one is answered.
    public long uncheckedSamples() {
        return unchecked.sum();
    }

    /// Whether the hot window answers for `range`.
    private boolean isHot(Tenant tenant, TimeRange range) {
        return range.fromMs() >= hot.hotStartMs(tenant);
    }

    /// Returns when everything appended so far is in the engine. Throws `engine_behind` if that
    /// takes too long.
    public void flush() {
        flushed();
    }

    private void flushed() {
        awaitShown();
        journal.awaitFlushed(options.patience());
    }

    /// Returns when the engine has everything appended so far that is not newer than `upToMs`;
    /// returns what had changed before among the series of a tenant.
    private long flushed(Tenant tenant, long upToMs) {
        awaitShown();
        long changes = reader.selections().changes(tenant);
        journal.awaitFlushed(upToMs, options.patience());
        return changes;
    }

    /// Returns when the engine knows all series appended so far that the hot window cannot tell of:
    /// those with samples from before it. Of all others, who asks for names asks both.
    private void olderFlushed(Tenant tenant) {
        awaitShown();
        journal.awaitReady(options.patience());
        journal.awaitRowsFlushed(hot.hotStartMs(tenant) - 1, options.patience());
    }

    /// What was told to be visible is so to the engine's readers too, once it is durable; what
    /// fails is taken back.
    private void awaitShown() {
        shown.forEach(Pending::await);
    }

    private List<HotSeries> hotSeries(Tenant tenant, List<Matcher> matchers) {
        HotTenant window = hot.find(tenant);
        return window == null ? List.of() : window.select(matchers);
    }

    @Override
    public List<SeriesSamples> select(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        if (isHot(tenant, range)) {
            return selectHot(tenant, matchers, range, limits);
        }
        long changes = flushed(tenant, range.toMs());
        return reader.select(tenant, matchers, range, limits, changes);
    }

    private List<SeriesSamples> selectHot(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        return new HotScan(hotSeries(tenant, matchers), range, limits).all();
    }

    @Override
    public void scan(
            Tenant tenant,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits,
            Consumer<SeriesSamples> sink) {
        if (isHot(tenant, range)) {
            new HotScan(hotSeries(tenant, matchers), range, limits).run(sink);
        } else {
            read(tenant, matchers, TimeWindows.whole(range), limits, sink);
        }
    }

    private void read(
            Tenant tenant,
            List<Matcher> matchers,
            TimeWindows windows,
            SelectLimits limits,
            Consumer<SeriesSamples> sink) {
        long changes = flushed(tenant, windows.range().toMs());
        reader.scan(tenant, matchers, windows, limits, changes, sink);
    }

    @Override
    public void scanShared(
            Tenant tenant,
            List<Matcher> matchers,
            TimeWindows windows,
            SelectLimits limits,
            Supplier<? extends Consumer<SeriesSamples>> sinks) {
        if (isHot(tenant, windows.range())) {
            new HotScan(hotSeries(tenant, matchers), windows.range(), limits).runShared(sinks);
        } else {
            read(tenant, matchers, windows, limits, sinks.get());
        }
    }

    @Override
    public long inMemoryFromMs(Tenant tenant) {
        return hot.hotStartMs(tenant);
    }

    @Override
    public GridAnswer grid(
            Tenant tenant, List<Matcher> matchers, GridQuery query, SelectLimits limits) {
        long changes = flushed(tenant, query.range().toMs());
        return reader.grid(tenant, matchers, query, limits, changes);
    }

    @Override
    public List<Labels> series(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        List<Labels> recent = hotLabels(tenant, matchers, range, limits);
        if (isHot(tenant, range)) {
            return recent;
        }
        olderFlushed(tenant);
        Set<Labels> all = new TreeSet<>(reader.series(tenant, matchers, range, limits));
        all.addAll(recent);
        limits.checkSeries(all.size());
        return List.copyOf(all);
    }

    private List<Labels> hotLabels(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        List<Labels> all = new ArrayList<>();
        for (HotSeries series : hotSeries(tenant, matchers)) {
            if (series.touches(range)) {
                all.add(series.series().labels());
                limits.checkSeries(all.size());
            }
        }
        return all;
    }

    @Override
    public int pairs(Tenant tenant, TimeRange range, PairSink sink) {
        if (!isHot(tenant, range)) {
            return MetricStore.super.pairs(tenant, range, sink);
        }
        HotTenant window = hot.find(tenant);
        return window == null ? 0 : window.pairs(range, sink);
    }

    @Override
    public int newSeries(Tenant tenant, TimeRange range, TimeRange before, PairSink sink) {
        HotTenant window = hot.find(tenant);
        return window == null ? 0 : window.newSeries(range, before, sink);
    }

    @Override
    public List<Labels> seriesInMemory(Tenant tenant, List<Matcher> matchers, TimeRange range) {
        HotTenant window = hot.find(tenant);
        return window == null ? List.of() : window.labels(matchers, range);
    }

    @Override
    public List<String> labelNames(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits limits) {
        HotTenant window = hot.find(tenant);
        List<String> recent =
                window == null || !matchers.isEmpty()
                        ? namesOf(hotLabels(tenant, matchers, range, limits))
                        : window.labelNames(range);
        if (isHot(tenant, range)) {
            return recent;
        }
        olderFlushed(tenant);
        return joined(reader.labelNames(tenant, matchers, range, limits), recent, limits);
    }

    private static List<String> namesOf(List<Labels> all) {
        Set<String> names = new TreeSet<>(Labels::compareCodePoints);
        all.forEach(labels -> labels.forEach((name, _) -> names.add(name)));
        return List.copyOf(names);
    }

    private static List<String> joined(
            List<String> older, List<String> recent, SelectLimits limits) {
        Set<String> all = new TreeSet<>(Labels::compareCodePoints);
        all.addAll(older);
        all.addAll(recent);
        limits.checkSeries(all.size());
        return List.copyOf(all);
    }

    @Override
    public List<String> labelValues(
            Tenant tenant,
            String name,
            List<Matcher> matchers,
            TimeRange range,
            SelectLimits limits) {
        List<String> recent = hotValues(tenant, name, matchers, range);
        if (isHot(tenant, range)) {
            return recent;
        }
        olderFlushed(tenant);
        return joined(reader.labelValues(tenant, name, matchers, range, limits), recent, limits);
    }

    private List<String> hotValues(
            Tenant tenant, String name, List<Matcher> matchers, TimeRange range) {
        HotTenant window = hot.find(tenant);
        if (window == null || matchers.isEmpty()) {
            return window == null ? List.of() : window.labelValues(name, range);
        }
        Set<String> values = new TreeSet<>(Labels::compareCodePoints);
        for (HotSeries series : window.select(matchers)) {
            String value = series.series().labels().get(name);
            if (!value.isEmpty() && !values.contains(value) && series.touches(range)) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    @Override
    public Map<Series, List<Exemplar>> exemplars(
            Tenant tenant, List<Matcher> matchers, TimeRange range) {
        flushed(tenant, range.toMs());
        return reader.exemplars(tenant, matchers, range);
    }

    @Override
    public Map<String, MetricMetadata> metadata(Tenant tenant) {
        return new HashMap<>(metadata.getOrDefault(tenant, Map.of()));
    }

    /// Takes over what the engine knew about a tenant's families before this start.
    private void learn(Tenant tenant, Map<String, MetricMetadata> families) {
        Map<String, MetricMetadata> known =
                metadata.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
        families.forEach(known::putIfAbsent);
    }

    @Override
    public Map<String, Long> cappedMetrics(Tenant tenant) {
        HotTenant window = hot.find(tenant);
        return window == null ? Map.of() : window.cappedMetrics();
    }

    @Override
    public int activeSeries(Tenant tenant) {
        HotTenant window = hot.find(tenant);
        return window == null ? 0 : window.size();
    }

    /// Those with active series or, after the warm-up, with any.
    @Override
    public Set<Tenant> tenants() {
        return new TreeSet<>(hot.tenants());
    }

    /// From when on the hot window answers for a tenant, Unix milliseconds.
    public long hotStartMs(Tenant tenant) {
        return hot.hotStartMs(tenant);
    }

    /// Bytes that the tables take on the disk; parts that were merged and wait to be deleted are
    /// not counted.
    public long storedBytes() {
        return MetricReader.told(() -> DiskUsage.bytes(clickHouse));
    }

    /// How the hot window is.
    public HotStatus hotStatus() {
        return hot.status();
    }

    /// How the flusher is.
    public FlushStatus flushStatus() {
        return journal.flushStatus();
    }

    /// How the log is.
    public WalStats walStats() {
        return journal.walStats();
    }

    /// Ends the warm-up; a store with a log of its own closes log and engine client too. What is
    /// not flushed yet lies in the log.
    @Override
    public void close() {
        warmUp.interrupt();
        onClose.run();
    }
}
