package io.framewatch.store.memory;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.store.index.SeriesRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The series of one tenant: index and columns. Thread safe.
final class TenantSeries {

    private final MemoryLimits limits;
    private final SeriesRegistry<SeriesColumns> registry;

    /// Held shared while a batch is added and alone while series are forgotten, so that no sample
    /// lands in columns that are on their way out.
    private final ReadWriteLock sweeping = new ReentrantReadWriteLock();

    private long newestMs = Long.MIN_VALUE;
    private long forgottenBeforeMs = Long.MIN_VALUE;

    TenantSeries(Tenant tenant, byte[] key, MemoryLimits limits, Consumer<String> log) {
        this.limits = limits;
        this.registry =
                new SeriesRegistry<>(
                        tenant,
                        key,
                        limits.seriesPerTenantMax(),
                        limits.series(),
                        log,
                        (series, _) -> new SeriesColumns(series),
                        SeriesColumns::series,
                        () -> true);
    }

    Map<String, Long> cappedMetrics() {
        return registry.cappedMetrics();
    }

    int size() {
        return registry.size();
    }

    SeriesColumns columns(Labels labels) {
        return registry.of(labels);
    }

    /// The same; null where a limit refuses a new one.
    @Nullable SeriesColumns columnsOrNull(Labels labels) {
        return registry.ofOrNull(labels);
    }

    /// Adds the rows of `batch` and tells what became of them.
    Tally add(SampleBatch batch) {
        sweeping.readLock().lock();
        try {
            Tally tally = new Tally();
            for (int row = 0; row < batch.size(); row++) {
                SeriesColumns columns = registry.ofOrNull(batch.series(row).labels());
                if (columns == null) {
                    tally.refuse();
                    continue;
                }
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
        return registry.select(matchers);
    }

    /// Forgets what the retention no longer covers and returns how many samples went. Looks at the
    /// columns only when a tenth of the retention has passed since the last time, or when `pressed`
    /// for memory.
    long forget(long batchNewestMs, boolean pressed) {
        sweeping.writeLock().lock();
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
            sweeping.writeLock().unlock();
        }
    }

    private long sweep(long beforeMs) {
        AtomicLong forgotten = new AtomicLong();
        registry.forEach(columns -> forgotten.addAndGet(columns.forgetBefore(beforeMs)));
        registry.removeIf(columns -> columns.size() == 0);
        return forgotten.get();
    }
}
