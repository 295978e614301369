package io.framewatch.query.promql;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps the queries of all tenants within what the process has: so many at once, so many waiting,
/// so many samples in memory. A query that finds no room is refused with a fault that says "later";
/// the others go on. Thread safe.
public final class QueryGuard {

    /// What all queries together may use.
    ///
    /// @param concurrentMax queries that run at once
    /// @param perTenantMax of them, those of one tenant
    /// @param queuedPerTenantMax queries of one tenant that wait for a turn; a further one is
    ///   refused at once
    /// @param waitMaxMs longest wait, milliseconds
    /// @param samplesMax samples that all queries hold in memory, 16 bytes each
    /// @param tenants tenants with another number than `perTenantMax`
    public record Limits(
            int concurrentMax,
            int perTenantMax,
            int queuedPerTenantMax,
            long waitMaxMs,
            long samplesMax,
            Map<Tenant, Integer> tenants) {

        /// Bytes of a sample in memory.
        public static final int SAMPLE_BYTES = 16;

        /// Copies the map.
        public Limits {
            tenants = Map.copyOf(tenants);
        }

        /// The same for all tenants.
        public Limits(
                int concurrentMax,
                int perTenantMax,
                int queuedPerTenantMax,
                long waitMaxMs,
                long samplesMax) {
            this(concurrentMax, perTenantMax, queuedPerTenantMax, waitMaxMs, samplesMax, Map.of());
        }

        int of(Tenant tenant) {
            return tenants.getOrDefault(tenant, perTenantMax);
        }

        /// Limits for a machine with `processors` and a heap of `heapBytes`: ten queries for each
        /// processor, at least twenty as Prometheus has, half of them for one tenant, and half of
        /// the heap for samples.
        public static Limits of(int processors, long heapBytes) {
            int concurrent = Math.max(20, 10 * processors);
            return new Limits(
                    concurrent,
                    concurrent / 2,
                    5 * concurrent,
                    10_000,
                    heapBytes / 2 / SAMPLE_BYTES);
        }

        /// Limits for this process.
        public static Limits ofProcess() {
            Runtime runtime = Runtime.getRuntime();
            return of(runtime.availableProcessors(), runtime.maxMemory());
        }
    }

    private static final class Turns {
        final Semaphore places;
        final AtomicInteger waiting = new AtomicInteger();

        Turns(int places) {
            this.places = new Semaphore(places, true);
        }
    }

    private final Limits limits;
    private final Clock clock;
    private final Semaphore places;
    private final Map<Tenant, Turns> tenants = new ConcurrentHashMap<>();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /// A guard without queries; `clock` measures waits.
    public QueryGuard(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.places = new Semaphore(limits.concurrentMax(), true);
    }

    /// A turn that a query has; to be closed when it ends. Used by one thread.
    public final class Turn implements AutoCloseable {

        private final Semaphore[] held;
        private final long waitedNs;
        private long reserved = FREE;

        private Turn(long waitedNs, Semaphore... held) {
            this.waitedNs = waitedNs;
            this.held = held;
        }

        /// How long the query waited for it, nanoseconds.
        public long waitedNs() {
            return waitedNs;
        }

        /// Makes sure that the query may hold `held` samples; the first few of each are free, so
        /// that small questions go on where large ones hold everything. Throws `query_memory`, turn
        /// `LATER`, when all queries together would hold too many.
        public void reserve(long held) {
            if (held <= reserved) {
                return;
            }
            long more = Math.max(held - reserved, CHUNK);
            if (samples.addAndGet(more) > limits.samplesMax()) {
                samples.addAndGet(-more);
                throw refused(
                        "query_memory",
                        "The queries under way hold as many samples as fit into memory: "
                                + limits.samplesMax()
                                + ".");
            }
            reserved += more;
        }

        @Override
        public void close() {
            samples.addAndGet(FREE - reserved);
            reserved = FREE;
            for (Semaphore each : held) {
                each.release();
            }
        }
    }

    /// Samples are reserved in portions of so many.
    private static final long CHUNK = 65_536;

    /// So many a query holds without a reservation: of all queries under way 2 MB or so.
    private static final long FREE = 8_192;

    /// Waits for a turn. Throws `query_busy`, turn `LATER`, if too many wait already or the wait
    /// takes too long.
    public Turn enter(Tenant tenant) {
        long started = clock.nanoTime();
        Turns turns = tenants.computeIfAbsent(tenant, _ -> new Turns(limits.of(tenant)));
        if (!turns.places.tryAcquire()) {
            await(turns, tenant);
        }
        try {
            long left = limits.waitMaxMs() - (clock.nanoTime() - started) / 1_000_000;
            if (!places.tryAcquire(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                throw busy("All tenants");
            }
        } catch (InterruptedException stopped) {
            turns.places.release();
            throw interrupted();
        } catch (FaultException tooLong) {
            turns.places.release();
            throw tooLong;
        }
        return new Turn(clock.nanoTime() - started, places, turns.places);
    }

    /// A turn without waiting, beside all others, for those who must not wait: rules. Its samples
    /// count.
    public Turn enterAtOnce() {
        return new Turn(0);
    }

    private void await(Turns turns, Tenant tenant) {
        if (turns.waiting.incrementAndGet() > limits.queuedPerTenantMax()) {
            turns.waiting.decrementAndGet();
            throw busy("Tenant " + tenant);
        }
        try {
            if (!turns.places.tryAcquire(limits.waitMaxMs(), TimeUnit.MILLISECONDS)) {
                throw busy("Tenant " + tenant);
            }
        } catch (InterruptedException stopped) {
            throw interrupted();
        } finally {
            turns.waiting.decrementAndGet();
        }
    }

    private FaultException busy(String who) {
        return refused("query_busy", who + " has as many queries under way as may run at once.");
    }

    private FaultException refused(String code, String what) {
        refused.incrementAndGet();
        return new FaultException(
                Fault.later(code, what, "Try again in a few seconds, or ask for less."));
    }

    private static FaultException interrupted() {
        Thread.currentThread().interrupt();
        return new FaultException(
                Fault.later(
                        "query_canceled",
                        "The query was stopped while it waited for its turn.",
                        "Run it again if it is still needed."));
    }

    /// Queries that run.
    public int running() {
        return limits.concurrentMax() - places.availablePermits();
    }

    /// Queries that wait for a turn of their tenant.
    public int waiting() {
        return tenants.values().stream().mapToInt(turns -> turns.waiting.get()).sum();
    }

    /// Samples that all queries have reserved.
    public long samples() {
        return samples.get();
    }

    /// Queries refused since the start.
    public long refused() {
        return refused.get();
    }
}
