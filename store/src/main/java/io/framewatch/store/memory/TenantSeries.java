package io.framewatch.store.memory;

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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The series of one tenant: index and columns. Thread safe.
final class TenantSeries {

    private final Tenant tenant;
    private final SeriesIds ids;
    private final MemoryLimits limits;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /// Held shared while a batch is added and alone while series are forgotten, so that no sample
    /// lands in columns that are on their way out. Taken before `lock`.
    private final ReadWriteLock sweeping = new ReentrantReadWriteLock();

    private final SeriesIndex<SeriesColumns> index = new SeriesIndex<>();
    private final Map<Long, Labels> labelsById = new HashMap<>();
    private long newestMs = Long.MIN_VALUE;
    private long forgottenBeforeMs = Long.MIN_VALUE;

    TenantSeries(Tenant tenant, SeriesIds ids, MemoryLimits limits) {
        this.tenant = tenant;
        this.ids = ids;
        this.limits = limits;
    }

    int size() {
        lock.readLock().lock();
        try {
            return index.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    SeriesColumns columns(Labels labels) {
        lock.readLock().lock();
        try {
            SeriesColumns found = index.find(labels);
            if (found != null) {
                return found;
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            SeriesColumns found = index.find(labels);
            return found == null ? add(labels) : found;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private SeriesColumns add(Labels labels) {
        if (index.size() >= limits.seriesPerTenantMax()) {
            throw InMemoryMetricStore.seriesLimit(tenant, limits.seriesPerTenantMax());
        }
        int salt = 0;
        long id = ids.id(tenant, labels, salt);
        while (labelsById.containsKey(id)) {
            id = ids.id(tenant, labels, ++salt);
        }
        labelsById.put(id, labels);
        SeriesColumns columns = new SeriesColumns(new Series(tenant, id, labels));
        index.add(labels, columns);
        return columns;
    }

    /// Adds the rows of `batch` and tells what became of them.
    Tally add(SampleBatch batch) {
        sweeping.readLock().lock();
        try {
            Tally tally = new Tally();
            for (int row = 0; row < batch.size(); row++) {
                SeriesColumns columns = columns(batch.series(row).labels());
                long timestampMs = batch.timestampMs(row);
                tally.count(
                        columns.add(
                                timestampMs,
                                batch.value(row),
                                batch.histogram(row),
                                batch.startTimestampMs(row)),
                        timestampMs);
            }
            return tally;
        } finally {
            sweeping.readLock().unlock();
        }
    }

    List<SeriesColumns> select(List<Matcher> matchers) {
        lock.readLock().lock();
        try {
            return index.select(matchers);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Forgets what the retention no longer covers and returns how many samples went. Looks at the
    /// columns only when a tenth of the retention has passed since the last time, or when `pressed`
    /// for memory.
    long forget(long batchNewestMs, boolean pressed) {
        sweeping.writeLock().lock();
        lock.writeLock().lock();
        try {
            newestMs = Math.max(newestMs, batchNewestMs);
            long retentionMs = limits.retention().toMillis();
            long beforeMs = newestMs - retentionMs;
            if (pressed) {
                beforeMs = Math.max(beforeMs, forgottenBeforeMs) + retentionMs / 10;
            }
            if (forgottenBeforeMs == Long.MIN_VALUE) {
                forgottenBeforeMs = beforeMs;
            }
            if (!pressed && beforeMs - forgottenBeforeMs < retentionMs / 10) {
                return 0;
            }
            forgottenBeforeMs = beforeMs;
            return sweep(beforeMs);
        } finally {
            lock.writeLock().unlock();
            sweeping.writeLock().unlock();
        }
    }

    private long sweep(long beforeMs) {
        long forgotten = 0;
        boolean emptied = false;
        for (SeriesColumns columns : index.select(List.of())) {
            forgotten += columns.forgetBefore(beforeMs);
            emptied |= columns.size() == 0;
        }
        if (emptied) {
            index.removeIf(columns -> {
                boolean empty = columns.size() == 0;
                if (empty) {
                    labelsById.remove(columns.series().id());
                }
                return empty;
            });
        }
        return forgotten;
    }
}
