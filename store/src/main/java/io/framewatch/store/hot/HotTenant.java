package io.framewatch.store.hot;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.index.SeriesIds;
import io.framewatch.store.index.SeriesIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The active series of one tenant and the window over them. Thread safe.
public final class HotTenant {

    private final Tenant tenant;
    private final SeriesIds ids;
    private final int seriesMax;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /// Held shared from the entering of a sample to its durability, alone while samples are
    /// forgotten. Taken before `lock`.
    private final ReadWriteLock sweeping = new ReentrantReadWriteLock();

    private final SeriesIndex<HotSeries> index = new SeriesIndex<>();
    private final Map<Long, HotSeries> byId = new HashMap<>();

    /// Samples from here on are entered.
    private volatile long keptFromMs;

    /// From here on the window is complete.
    private volatile long hotStartMs;

    HotTenant(Tenant tenant, SeriesIds ids, int seriesMax, long hotStartMs) {
        this.tenant = tenant;
        this.ids = ids;
        this.seriesMax = seriesMax;
        this.keptFromMs = hotStartMs;
        this.hotStartMs = hotStartMs;
    }

    /// From this time on, Unix milliseconds, the window has every sample.
    public long hotStartMs() {
        return hotStartMs;
    }

    /// Samples before this time are not entered.
    public long keptFromMs() {
        return keptFromMs;
    }

    /// Has samples from `fromMs` on entered, in preparation of [#completeFrom].
    public void keepFrom(long fromMs) {
        // Alone: an append under way that still leaves such samples out ends first.
        sweeping.writeLock().lock();
        try {
            keptFromMs = Math.min(keptFromMs, fromMs);
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    /// Tells that every sample from `fromMs` on has been entered.
    public void completeFrom(long fromMs) {
        if (keptFromMs <= fromMs) {
            hotStartMs = Math.min(hotStartMs, fromMs);
        }
    }

    /// A lock to be held while an append enters samples and makes them durable.
    public Lock appending() {
        return sweeping.readLock();
    }

    /// Active series.
    public int size() {
        lock.readLock().lock();
        try {
            return index.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The series of these labels, made known if new.
    public HotSeries series(Labels labels) {
        lock.readLock().lock();
        try {
            HotSeries found = index.find(labels);
            if (found != null) {
                return found;
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            HotSeries found = index.find(labels);
            return found == null ? add(labels) : found;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// The series of each row of `batch`, made known if new.
    public HotSeries[] series(SampleBatch batch) {
        HotSeries[] all = new HotSeries[batch.size()];
        int unknown = 0;
        lock.readLock().lock();
        try {
            for (int row = 0; row < all.length; row++) {
                HotSeries found = index.find(batch.series(row).labels());
                if (found != null) {
                    all[row] = found;
                } else {
                    unknown++;
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        for (int row = 0; unknown > 0; row++) {
            if (all[row] == null) {
                all[row] = series(batch.series(row).labels());
                unknown--;
            }
        }
        return all;
    }

    private HotSeries add(Labels labels) {
        if (index.size() >= seriesMax) {
            throw new FaultException(
                    Fault.operator(
                            "series_limit",
                            "Tenant "
                                    + tenant
                                    + " has "
                                    + seriesMax
                                    + " active series and may have no more.",
                            "Raise store.seriesPerTenantMax, or drop the labels that grow."));
        }
        int salt = 0;
        long id = ids.id(tenant, labels, salt);
        while (byId.containsKey(id)) {
            id = ids.id(tenant, labels, ++salt);
        }
        HotSeries series = new HotSeries(new Series(tenant, id, labels), salt);
        byId.put(id, series);
        index.add(labels, series);
        return series;
    }

    /// The series that all matchers accept, sorted by labels.
    public List<HotSeries> select(List<Matcher> matchers) {
        lock.readLock().lock();
        try {
            return index.select(matchers);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// What the tenant takes in memory, bytes, roughly.
    long bytes() {
        lock.readLock().lock();
        try {
            return byId.values().stream().mapToLong(HotSeries::bytes).sum();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Forgets samples before `beforeMs` and series left without any.
    void forgetBefore(long beforeMs) {
        sweeping.writeLock().lock();
        lock.writeLock().lock();
        try {
            hotStartMs = Math.max(hotStartMs, beforeMs);
            keptFromMs = Math.max(keptFromMs, beforeMs);
            byId.values().forEach(series -> series.forgetBefore(beforeMs));
            if (byId.values().removeIf(series -> series.size() == 0)) {
                index.removeIf(series -> series.size() == 0);
            }
        } finally {
            lock.writeLock().unlock();
            sweeping.writeLock().unlock();
        }
    }
}
