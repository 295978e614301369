package io.framewatch.store.hot;

import io.framewatch.model.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The hot windows of all tenants, within one budget of memory. Thread safe.
public final class HotWindow {

    /// An eviction leaves this share of the budget free, so that the next one is not due at once.
    private static final int FREED_SHARE = 20;

    /// A window is shortened to its greatest age in this many steps of it.
    private static final int AGE_STEPS = 24;

    /// Of the budget, series and index may take this share: the open block of each needs the rest.
    private static final int SERIES_SHARE = 2;

    /// So much they may take however small the budget, bytes.
    private static final long SERIES_BYTES_MIN = 16L << 20;

    /// Where nothing could be let go of, it is tried again after this time.
    private static final long CROWDED_PAUSE_MS = 10_000;

    /// After an eviction that could not free enough, the next is due when this share of the budget
    /// has been spent on top.
    private static final int REGROWN_SHARE = 50;

    /// After so many samples the series are counted anew.
    private static final long COUNT_SAMPLES = 50_000;

    private final HotLimits limits;
    private final byte[] key;
    private final long hotStartMs;
    private final Consumer<String> log;
    private final HotMemory memory;
    private final Map<Tenant, HotTenant> tenants = new ConcurrentHashMap<>();
    private final ReentrantLock eviction = new ReentrantLock();
    private final AtomicLong untilCounted = new AtomicLong(COUNT_SAMPLES);
    private final AtomicLong evictions = new AtomicLong();
    private volatile long evictAboveBytes;
    private volatile long crowdedFromMs;

    /// An empty window that is complete from `hotStartMs` on; `key` is that of the series ids. Its
    /// budget is cut to what Java may take outside the heap.
    public HotWindow(HotLimits limits, byte[] key, long hotStartMs) {
        this(limits, key, hotStartMs, _ -> {});
    }

    /// The same; `log` is told of metrics that are capped.
    public HotWindow(HotLimits limits, byte[] key, long hotStartMs, Consumer<String> log) {
        this.log = log;
        this.limits = limits.thatFit();
        this.memory =
                new HotMemory(Math.max(SERIES_BYTES_MIN, this.limits.bytesMax() / SERIES_SHARE));
        this.evictAboveBytes = this.limits.bytesMax();
        this.key = key.clone();
        this.hotStartMs = hotStartMs;
    }

    /// The window of a tenant, made if new.
    public HotTenant of(Tenant tenant) {
        HotTenant known = tenants.get(tenant);
        return known != null
                ? known
                : tenants.computeIfAbsent(
                        tenant, t -> new HotTenant(memory, t, key, limits, log, hotStartMs));
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

    /// To be called after `samples` were entered: moves the start of every window on while the
    /// budget is overspent, and that of windows longer than they may be. `nowMs` is the time.
    public void entered(int samples, long nowMs) {
        boolean count = untilCounted.addAndGet(-samples) <= 0;
        boolean crowded = memory.crowded() && nowMs >= crowdedFromMs;
        boolean spent = memory.bytes() > evictAboveBytes;
        if (!count && !crowded && !spent || !eviction.tryLock()) {
            return;
        }
        try {
            if (count) {
                untilCounted.set(COUNT_SAMPLES);
                count();
                endTooOld(nowMs);
                evictAboveBytes =
                        Math.max(limits.bytesMax(), Math.min(evictAboveBytes, memory.bytes()));
            }
            if (crowded) {
                letGoOfEnded(nowMs);
            }
            if (memory.bytes() > evictAboveBytes) {
                evict(nowMs);
            }
        } finally {
            eviction.unlock();
        }
    }

    private void count() {
        memory.seriesCounted();
        tenants.values().forEach(HotTenant::count);
    }

    /// Makes room for new series where those that may be are nearly all there.
    private void letGoOfEnded(long nowMs) {
        count();
        boolean any = false;
        for (HotTenant tenant : tenants.values()) {
            any |= tenant.letGoOfEnded(nowMs);
        }
        memory.crowded(!any);
        crowdedFromMs = any ? 0 : nowMs + CROWDED_PAUSE_MS;
    }

    private void endTooOld(long nowMs) {
        long ageMs = limits.ageMax().toMillis();
        for (HotTenant tenant : tenants.values()) {
            if (nowMs - tenant.keptFromMs() > ageMs + ageMs / AGE_STEPS) {
                tenant.forgetBefore(nowMs - ageMs);
            }
        }
    }

    private void evict(long nowMs) {
        evictions.incrementAndGet();
        long wanted = limits.bytesMax() - limits.bytesMax() / FREED_SHARE;
        for (int tenth = 1; memory.bytes() > wanted && tenth <= 10; tenth++) {
            for (HotTenant tenant : tenants.values()) {
                long span = Math.max(0, nowMs - tenant.keptFromMs());
                tenant.forgetBefore(tenant.keptFromMs() + span / 10 + 1);
            }
        }
        // What is left are series: to look again with every append would only take time.
        long left = memory.bytes();
        boolean enough = left <= limits.bytesMax();
        evictAboveBytes = enough ? limits.bytesMax() : left + limits.bytesMax() / REGROWN_SHARE;
    }

    /// What all windows take in memory, bytes.
    public long bytes() {
        return status().bytes();
    }

    /// How the window is.
    public HotStatus status() {
        long series = 0;
        // Before anything is known of any tenant, the window begins with this process.
        long latestMs = tenants.isEmpty() ? hotStartMs : Long.MIN_VALUE;
        for (HotTenant tenant : tenants.values()) {
            tenant.count();
            series += tenant.size();
            latestMs = Math.max(latestMs, tenant.hotStartMs());
        }
        return new HotStatus(
                memory.bytes(),
                limits.bytesMax(),
                memory.cells().committedBytes(),
                series,
                latestMs,
                evictions.get());
    }
}
