package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Chunk;
import io.framewatch.ingest.spool.Destination;
import io.framewatch.ingest.spool.Position;
import io.framewatch.ingest.spool.Spool;
import io.framewatch.ingest.spool.SpoolReader;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes the rows of one kind off the spool and brings them to one remote, round by round: what the
/// outlet has parted into lanes goes at once, each lane in its order. A request that fails in a way
/// that passes is made again, after a pause that doubles or that the remote names, for as long as
/// it takes; one that is refused is given up and counted. Only behind a whole round the place in
/// the spool moves on, so that a restart loses nothing and may send one round twice. Rounds have
/// more requests as long as more waits than they take and none fails, and fewer after failures.
/// Thread safe.
final class Courier implements AutoCloseable {

    private static final System.Logger log = System.getLogger(Courier.class.getName());

    private static final Duration LAST_TRY = Duration.ofSeconds(2);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Destination destination;
    private final Outlet outlet;
    private final Tenants tenants;
    private final Pace pace;
    private final Spool spool;
    private final Clock clock;
    private final Tally tally = new Tally();
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean ending;
    private volatile long lastTryNs;

    // Of the worker alone, but for reading.
    private final SpoolReader reader;
    private Outlet.@Nullable Round undelivered;
    private int requests;
    private boolean full;
    private @Nullable Chunk chunk;
    private int taken;
    private Position gathered;
    private volatile Position done;
    private volatile long oldestMs;
    private long lastingNs;

    Courier(
            Destination destination,
            Outlet outlet,
            Tenants tenants,
            Pace pace,
            Spool spool,
            Clock clock) {
        this.destination = destination;
        this.outlet = outlet;
        this.tenants = tenants;
        this.pace = pace;
        this.spool = spool;
        this.clock = clock;
        this.done = spool.begin(destination);
        this.gathered = done;
        this.requests = pace.requestsMin();
        this.reader = spool.reader(destination.kind(), done);
        this.lastingNs = clock.nanoTime();
        this.worker =
                Thread.ofVirtual().name("forward " + destination.name()).unstarted(this::work);
    }

    void start() {
        worker.start();
    }

    RemoteStatus status() {
        Position at = done;
        long oldest = oldestMs;
        return new RemoteStatus(
                destination.name(),
                destination.kind(),
                at.total() < 0 ? 0 : Math.max(0, spool.total(destination.kind()) - at.total()),
                oldest == 0 ? 0 : Math.max(0, clock.nowMs() - oldest),
                tally.sent.get(),
                tally.failedTries.get(),
                tally.lost.get(),
                tally.tooOld.get(),
                tally.refused.get(),
                tally.lastError.get());
    }

    private void work() {
        try {
            while (!ending) {
                step();
            }
        } catch (InterruptedException e) {
            // The last try took too long.
        }
    }

    private void step() throws InterruptedException {
        try {
            carry();
        } catch (RuntimeException e) {
            failed(e);
            pause(pace.maxBackoffMs());
        }
    }

    /// Brings the next request, or the one that a failure left, and moves on.
    private void carry() throws InterruptedException {
        if (undelivered == null) {
            gather();
            undelivered = outlet.isEmpty() && !outlet.isDue() ? null : outlet.round();
        }
        if (undelivered == null) {
            advance();
            return;
        }
        long failedBefore = tally.failedTries.get();
        if (new Delivery(this::bring, requests).all(undelivered.lanes())) {
            tally.tooOld.addAndGet(undelivered.tooOld());
            undelivered = null;
            advance();
            if (tally.failedTries.get() > failedBefore) {
                requests = Math.max(pace.requestsMin(), requests / 2);
            } else if (full) {
                requests = Math.min(pace.requestsMax(), requests * 2);
            }
        }
    }

    /// Something of our own failed, a disk that refuses or a defect: told, and tried again later.
    private void failed(RuntimeException e) {
        tally.lastError.set(e instanceof FaultException ? String.valueOf(e.getMessage()) : "" + e);
        if (e instanceof FaultException) {
            log.log(System.Logger.Level.WARNING, "{0}: {1}", destination.name(), e.getMessage());
        } else {
            log.log(System.Logger.Level.ERROR, "forwarding to " + destination.name(), e);
        }
    }

    /// Fills a round until it is full, it makes a request and nothing more is there, its first row
    /// has waited long enough, or the end.
    private void gather() throws InterruptedException {
        long beganNs = clock.nanoTime();
        full = false;
        while (true) {
            Chunk next;
            try {
                next = current();
            } catch (RuntimeException unreadable) {
                if (outlet.isEmpty()) {
                    throw unreadable;
                }
                return;
            }
            if (next != null) {
                if (outlet.isEmpty()) {
                    beganNs = clock.nanoTime();
                }
                full = !add(next);
                if (full) {
                    return;
                }
                continue;
            }
            long leftNs =
                    beganNs + TimeUnit.MILLISECONDS.toNanos(pace.deadlineMs()) - clock.nanoTime();
            if (outlet.isEmpty()) {
                idle();
                leftNs = IDLE_NS;
            }
            if (ending || outlet.isEnough() || outlet.isDue() || leftNs <= 0) {
                return;
            }
            spool.await(reader.upTo(), Math.min(leftNs, IDLE_NS));
        }
    }

    /// Adds rows to the round; false if it is full. A chunk that cannot be read is given up.
    private boolean add(Chunk next) {
        int more;
        try {
            more = outlet.add(next, taken, requests);
        } catch (RuntimeException damaged) {
            log.log(System.Logger.Level.ERROR, "a chunk for " + destination.name(), damaged);
            more = next.rows() - taken;
            tally.lost.addAndGet(more);
        }
        taken += more;
        gathered = next.behind(taken);
        return more > 0;
    }

    /// The chunk with rows that are not yet gathered; null if there is none now.
    private @Nullable Chunk current() {
        while (chunk == null || taken >= chunk.rows()) {
            chunk = reader.next();
            if (chunk == null) {
                return null;
            }
            taken = 0;
            if (chunk.sequence() == gathered.sequence()) {
                taken = Math.clamp(gathered.row() - (long) chunk.firstRow(), 0, chunk.rows());
            }
            if (taken < chunk.rows()) {
                missed(chunk.totalBefore() + taken);
                if (!tenants.includes(chunk.tenant())) {
                    taken = chunk.rows();
                    gathered = chunk.behind(taken);
                    continue;
                }
                if (oldestMs == 0) {
                    oldestMs = chunk.appendedMs();
                }
            }
        }
        return chunk;
    }

    /// Counts rows between what was gathered last and `total`.
    private void missed(long total) {
        long lost = gathered.total() < 0 ? 0 : total - gathered.total();
        if (lost > 0) {
            tally.lost.addAndGet(lost);
            log.log(
                    System.Logger.Level.WARNING,
                    "{0} has lost {1} {2}: the spool had no room for them any more",
                    destination.name(),
                    Long.toString(lost),
                    destination.kind());
        }
    }

    /// Nothing waits: rows of other kinds need not be kept for this remote.
    private void idle() {
        Position end = new Position(reader.upTo(), 0, gathered.total());
        if (end.sequence() > gathered.sequence()) {
            gathered = end;
            advance();
        }
    }

    private void advance() {
        boolean moved = gathered.total() != done.total();
        long nowNs = clock.nanoTime();
        boolean lasting = moved || nowNs - lastingNs > IDLE_NS;
        lastingNs = lasting ? nowNs : lastingNs;
        done = gathered;
        oldestMs = chunk == null || taken >= chunk.rows() ? 0 : chunk.appendedMs();
        spool.done(destination, done, lasting);
    }

    /// Sends until the remote has it or refuses it; false if that ended undecided.
    private boolean bring(Outlet.Load load) throws InterruptedException {
        long pauseMs = pace.minBackoffMs();
        while (true) {
            switch (outlet.send(load)) {
                case Outlet.Verdict.Taken took -> {
                    tally.sent.addAndGet(load.rows() - took.refused());
                    refused(took.refused(), took.why());
                    return true;
                }
                case Outlet.Verdict.Refused no -> {
                    refused(load.rows(), no.why());
                    return true;
                }
                case Outlet.Verdict.Again again -> {
                    tally.failedTries.incrementAndGet();
                    tally.lastError.set(again.why());
                    if (ending) {
                        return false;
                    }
                    pause(Math.max(pauseMs, again.pauseMs()));
                    pauseMs = Math.min(pauseMs * 2, pace.maxBackoffMs());
                }
            }
        }
    }

    private void refused(long rows, String why) {
        if (rows > 0 || !why.isEmpty()) {
            tally.refused.addAndGet(rows);
            tally.lastError.set(why);
            log.log(
                    System.Logger.Level.WARNING,
                    "{0} refuses {1} {2}: {3}",
                    destination.name(),
                    Long.toString(rows),
                    destination.kind(),
                    why);
        }
    }

    private void pause(long pauseMs) throws InterruptedException {
        lock.lock();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
            while (leftNs > 0 && !ending) {
                leftNs = ended.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Has it end after one more try; returns at once.
    void end() {
        lock.lock();
        try {
            lastTryNs = ending ? lastTryNs : clock.nanoTime() + LAST_TRY.toNanos();
            ending = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        spool.wake();
    }

    /// Ends after one more try; what it does not get rid of stays in the spool.
    @Override
    public void close() {
        end();
        try {
            if (!worker.join(Duration.ofNanos(Math.max(1, lastTryNs - clock.nanoTime())))) {
                worker.interrupt();
                worker.join();
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        outlet.close();
    }
}
