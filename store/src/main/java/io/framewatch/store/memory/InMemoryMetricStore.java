package io.framewatch.store.memory;

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
import io.framewatch.store.MetricStore;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.index.SeriesIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The reference [MetricStore]: everything in memory, gone with the process. Thread safe.
///
/// Samples older than the retention, counted back from the newest sample of their tenant, are
/// forgotten in passing; series left without samples go with them.
public final class InMemoryMetricStore implements MetricStore {

    /// Metric families remembered per tenant.
    private static final int FAMILIES_MAX = 50_000;

    private final MemoryLimits limits;
    private final Consumer<String> log;
    private final byte[] key;
    private final Map<Tenant, TenantSeries> tenants = new ConcurrentHashMap<>();
    private final Map<Tenant, Map<String, MetricMetadata>> metadata = new ConcurrentHashMap<>();
    private final AtomicLong samples = new AtomicLong();

    /// An empty store with [MemoryLimits#DEFAULT].
    public InMemoryMetricStore() {
        this(MemoryLimits.DEFAULT);
    }

    /// An empty store.
    public InMemoryMetricStore(MemoryLimits limits) {
        this(limits, _ -> {});
    }

    /// An empty store; `log` is told of metrics that are capped.
    public InMemoryMetricStore(MemoryLimits limits, Consumer<String> log) {
        this.log = log;
        this.limits = limits;
        this.key = new byte[SeriesIds.KEY_BYTES];
    }

    @Override
    public Series series(Tenant tenant, Labels labels) {
        return of(tenant).columns(labels).series();
    }

    private TenantSeries of(Tenant tenant) {
        return tenants.computeIfAbsent(tenant, t -> new TenantSeries(t, key, limits, log));
    }

    @Override
    public AppendResult append(SampleBatch batch) {
        if (batch.size() == 0) {
            return AppendResult.NOTHING;
        }
        TenantSeries series = of(batch.tenant());
        Tally tally = series.add(batch);
        long held = samples.addAndGet(tally.stored());
        samples.addAndGet(-series.forget(tally.newestMs(), held > limits.samplesMax()));
        return tally.result();
    }

    @Override
    public void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
        TenantSeries own = of(tenant);
        for (SeriesExemplar one : exemplars) {
            SeriesColumns columns = own.columnsOrNull(one.series().labels());
            if (columns != null) {
                columns.exemplar(one.exemplar());
            }
        }
    }

    @Override
    public void metadata(Tenant tenant, Collection<MetricMetadata> families) {
        Map<String, MetricMetadata> known =
                metadata.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
        for (MetricMetadata family : families) {
            if (known.size() < FAMILIES_MAX || known.containsKey(family.family())) {
                known.put(family.family(), family);
            }
        }
    }

    @Override
    public List<SeriesSamples> select(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits selectLimits) {
        List<SeriesSamples> out = new ArrayList<>();
        long read = 0;
        for (SeriesColumns columns : matching(tenant, matchers)) {
            SeriesSamples found = columns.samples(range, selectLimits.starts());
            if (found != null) {
                out.add(found);
                read += found.size();
                selectLimits.checkSeries(out.size());
                selectLimits.checkSamples(read);
            }
        }
        return out;
    }

    private List<SeriesColumns> matching(Tenant tenant, List<Matcher> matchers) {
        TenantSeries series = tenants.get(tenant);
        return series == null ? List.of() : series.select(matchers);
    }

    @Override
    public List<Labels> series(
            Tenant tenant, List<Matcher> matchers, TimeRange range, SelectLimits selectLimits) {
        List<Labels> out = new ArrayList<>();
        for (SeriesColumns columns : matching(tenant, matchers)) {
            if (columns.touches(range)) {
                out.add(columns.series().labels());
                selectLimits.checkSeries(out.size());
            }
        }
        return out;
    }

    @Override
    public Map<Series, List<Exemplar>> exemplars(
            Tenant tenant, List<Matcher> matchers, TimeRange range) {
        Map<Series, List<Exemplar>> out = new LinkedHashMap<>();
        for (SeriesColumns columns : matching(tenant, matchers)) {
            List<Exemplar> found = columns.exemplars(range);
            if (!found.isEmpty()) {
                out.put(columns.series(), found);
            }
        }
        return out;
    }

    @Override
    public Map<String, MetricMetadata> metadata(Tenant tenant) {
        return Map.copyOf(metadata.getOrDefault(tenant, Map.of()));
    }

    @Override
    public Map<String, Long> cappedMetrics(Tenant tenant) {
        TenantSeries series = tenants.get(tenant);
        return series == null ? Map.of() : series.cappedMetrics();
    }

    @Override
    public int activeSeries(Tenant tenant) {
        TenantSeries series = tenants.get(tenant);
        return series == null ? 0 : series.size();
    }

    @Override
    public Set<Tenant> tenants() {
        return Set.copyOf(tenants.keySet());
    }

    /// Forgets everything.
    public void clear() {
        tenants.clear();
        metadata.clear();
        samples.set(0);
    }

    @Override
    public void close() {
        clear();
    }
}
