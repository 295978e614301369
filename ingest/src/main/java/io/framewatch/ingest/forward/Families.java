package io.framewatch.ingest.forward;

import io.framewatch.model.Clock;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// Types and helps of families that a remote is to be told at the next interval. Thread safe.
final class Families {

    private final Clock clock;
    private final long intervalMs;
    private final int familiesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Family, MetricMetadata> waiting = new LinkedHashMap<>();
    private volatile long sentNs;
    private volatile boolean some;

    private record Family(Tenant tenant, String name) {}

    /// @param intervalMs time between two tellings, milliseconds; 0 to tell nothing
    /// @param familiesMax most families waiting; further ones are not told
    Families(Clock clock, long intervalMs, int familiesMax) {
        this.clock = clock;
        this.intervalMs = intervalMs;
        this.familiesMax = familiesMax;
        this.sentNs = clock.nanoTime();
    }

    void add(Tenant tenant, Collection<MetricMetadata> metadata) {
        if (intervalMs == 0) {
            return;
        }
        lock.lock();
        try {
            for (MetricMetadata one : metadata) {
                Family family = new Family(tenant, one.family());
                if (waiting.size() < familiesMax || waiting.containsKey(family)) {
                    waiting.put(family, one);
                }
            }
            some = !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isDue() {
        return some && clock.nanoTime() - sentNs >= TimeUnit.MILLISECONDS.toNanos(intervalMs);
    }

    /// Hands what is due to `sink`, in batches of at most `perRequest` families of one tenant.
    void due(int perRequest, BiConsumer<Tenant, WriteBatch> sink) {
        if (!isDue()) {
            return;
        }
        Map<Tenant, WriteBatch> open = new LinkedHashMap<>();
        Map<Tenant, Integer> counts = new LinkedHashMap<>();
        lock.lock();
        try {
            waiting.forEach((family, metadata) -> {
                open.computeIfAbsent(family.tenant(), _ -> new WriteBatch()).add(metadata);
                if (counts.merge(family.tenant(), 1, Integer::sum) % perRequest == 0) {
                    sink.accept(family.tenant(), open.remove(family.tenant()));
                }
            });
            waiting.clear();
            some = false;
            sentNs = clock.nanoTime();
        } finally {
            lock.unlock();
        }
        open.forEach(sink);
    }
}
