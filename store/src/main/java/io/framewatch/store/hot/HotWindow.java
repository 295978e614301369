package io.framewatch.store.hot;

import io.framewatch.model.Tenant;
import io.framewatch.store.index.SeriesIds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The hot windows of all tenants, within one budget of memory. Thread safe.
public final class HotWindow {

    private final HotLimits limits;
    private final byte[] key;
    private final long hotStartMs;
    private final Map<Tenant, HotTenant> tenants = new ConcurrentHashMap<>();
    private final ReentrantLock eviction = new ReentrantLock();

    /// Samples that may still be entered before the memory is measured again.
    private final AtomicLong untilMeasured = new AtomicLong(MEASURE_SAMPLES);

    private static final long MEASURE_SAMPLES = 200_000;

    /// An empty window that is complete from `hotStartMs` on; `key` is that of the series ids.
    public HotWindow(HotLimits limits, byte[] key, long hotStartMs) {
        this.limits = limits;
        this.key = key.clone();
        this.hotStartMs = hotStartMs;
    }

    /// The window of a tenant, made if new.
    public HotTenant of(Tenant tenant) {
        return tenants.computeIfAbsent(
                tenant,
                t -> new HotTenant(t, new SeriesIds(key), limits.seriesPerTenantMax(), hotStartMs));
    }

    /// The window of a tenant, or null if it has none.
    public @Nullable HotTenant find(Tenant tenant) {
        return tenants.get(tenant);
    }

    /// Tenants with a window.
    public Collection<Tenant> tenants() {
        return List.copyOf(tenants.keySet());
    }

    /// From when on the window of a tenant is complete, Unix milliseconds.
    public long hotStartMs(Tenant tenant) {
        HotTenant hot = tenants.get(tenant);
        return hot == null ? hotStartMs : hot.hotStartMs();
    }

    /// To be called after `samples` were entered; measures the memory now and then and moves the
    /// start of every window on while the budget is overspent. `nowMs` is the time.
    public void entered(int samples, long nowMs) {
        if (untilMeasured.addAndGet(-samples) > 0 || !eviction.tryLock()) {
            return;
        }
        try {
            untilMeasured.set(MEASURE_SAMPLES);
            long bytes = bytes();
            for (int tenth = 1; bytes > limits.bytesMax() && tenth <= 10; tenth++) {
                for (HotTenant tenant : tenants.values()) {
                    long span = Math.max(0, nowMs - tenant.hotStartMs());
                    tenant.forgetBefore(tenant.hotStartMs() + span / 10 + 1);
                }
                bytes = bytes();
            }
        } finally {
            eviction.unlock();
        }
    }

    /// What all windows take in memory, bytes, roughly.
    public long bytes() {
        return tenants.values().stream().mapToLong(HotTenant::bytes).sum();
    }
}
