package io.framewatch.store.index;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.PairSink;
import io.framewatch.store.SeriesLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The active series of one tenant: gives new ones their id, and finds known ones by labels or by
/// matchers. Thread safe.
///
/// @param <T> what the caller keeps per series
public final class SeriesRegistry<T> {

    private static final Set<String> LIMITS = Set.of("series_limit", "label_limit");

    private final Tenant tenant;
    private final SeriesIds ids;
    private final int seriesMax;
    private final Maker<T> maker;
    private final Function<T, Series> seriesOf;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final SeriesIndex<T> index;
    private final IdSet taken = new IdSet();
    private final SeriesLimits limits;
    private final MetricCounts metrics;
    private final BooleanSupplier room;

    /// Makes what is kept for a new series.
    ///
    /// @param <T> what is kept
    public interface Maker<T> {

        /// What is kept for `series`, whose id was made with `salt`.
        T make(Series series, int salt);
    }

    /// An empty registry.
    ///
    /// @param key of the ids, [SeriesIds#KEY_BYTES] long
    /// @param seriesMax most series; a further one is refused with `series_limit`
    /// @param limits what a series may be like
    /// @param log is told of a metric that has as many series as it may have
    /// @param seriesOf tells the series of what `maker` made
    /// @param room tells whether memory has room for a further series, which is else refused with
    ///   `series_limit`
    public SeriesRegistry(
            Tenant tenant,
            byte[] key,
            int seriesMax,
            SeriesLimits limits,
            Consumer<String> log,
            Maker<T> maker,
            Function<T, Series> seriesOf,
            BooleanSupplier room) {
        this.room = room;
        this.limits = limits;
        this.metrics = new MetricCounts(tenant, limits.perMetricMax(), log);
        this.tenant = tenant;
        this.ids = new SeriesIds(key);
        this.seriesMax = seriesMax;
        this.maker = maker;
        this.seriesOf = seriesOf;
        this.index = new SeriesIndex<>(kept -> seriesOf.apply(kept).labels());
    }

    /// Series known.
    public int size() {
        lock.readLock().lock();
        try {
            return index.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// What index and label texts take on the heap, bytes, roughly.
    public long bytes() {
        lock.readLock().lock();
        try {
            return index.bytes();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// What is kept for these labels, made if new. Throws `series_limit` or `label_limit`.
    public T of(Labels labels) {
        lock.readLock().lock();
        try {
            T found = index.find(labels);
            if (found != null) {
                return found;
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            T found = index.find(labels);
            return found == null ? add(labels) : found;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// The same; null where a limit refuses a new one.
    public @Nullable T ofOrNull(Labels labels) {
        try {
            return of(labels);
        } catch (FaultException refused) {
            if (isLimit(refused)) {
                return null;
            }
            throw refused;
        }
    }

    /// Whether `refused` tells of a limit of series or labels.
    public static boolean isLimit(FaultException refused) {
        return LIMITS.contains(refused.fault().code());
    }

    private T add(Labels labels) {
        limits.check(labels);
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
        if (!room.getAsBoolean()) {
            throw new FaultException(
                    Fault.operator(
                            "series_limit",
                            "The memory for active series is spent; tenant "
                                    + tenant
                                    + " has "
                                    + index.size()
                                    + ".",
                            "Raise store.hotMemory, or drop the labels that grow."));
        }
        metrics.check(labels.metricName());
        int salt = 0;
        long id = ids.id(tenant, labels, salt);
        while (taken.contains(id)) {
            id = ids.id(tenant, labels, ++salt);
        }
        T made = maker.make(new Series(tenant, id, index.shared(labels)), salt);
        taken.add(id);
        index.add(made);
        metrics.add(labels.metricName());
        return made;
    }

    /// What is kept for the series that all matchers accept, sorted by labels.
    public List<T> select(List<Matcher> matchers) {
        lock.readLock().lock();
        try {
            return index.select(matchers);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The same in no particular order.
    public List<T> selectUnsorted(List<Matcher> matchers) {
        lock.readLock().lock();
        try {
            return index.selectUnsorted(matchers);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// How often series came or went.
    public long changes() {
        lock.readLock().lock();
        try {
            return index.changes();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The values of label `name` over the series of which `condition` accepts what is kept, sorted
    /// by code point.
    public List<String> values(String name, Predicate<T> condition) {
        lock.readLock().lock();
        try {
            return index.values(name, condition);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Hands the label pairs of those series to `sink`, and returns how many they are; see
    /// [SeriesIndex#pairs].
    public int pairs(Predicate<T> condition, PairSink sink) {
        lock.readLock().lock();
        try {
            return index.pairs(condition, sink);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The same of label `name` alone; series without it count for the empty value.
    public void pairs(String name, Predicate<T> condition, PairSink sink) {
        lock.readLock().lock();
        try {
            index.pairs(name, condition, sink);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The label names of those series, sorted by code point.
    public List<String> names(Predicate<T> condition) {
        lock.readLock().lock();
        try {
            return index.names(condition);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// How often a series was refused, by metric that has as many as it may have.
    public Map<String, Long> cappedMetrics() {
        lock.readLock().lock();
        try {
            return metrics.refused();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Calls `action` for every series.
    public void forEach(Consumer<T> action) {
        lock.readLock().lock();
        try {
            index.forEach(action);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Forgets the series that `condition` accepts; costly where it accepts any.
    public void removeIf(Predicate<T> condition) {
        lock.writeLock().lock();
        try {
            if (index.removeIf(condition) > 0) {
                taken.clear();
                List<String> names = new ArrayList<>();
                index.forEach(kept -> {
                    Series series = seriesOf.apply(kept);
                    taken.add(series.id());
                    names.add(series.labels().metricName());
                });
                metrics.recount(names);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
