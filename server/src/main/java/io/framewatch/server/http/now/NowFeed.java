package io.framewatch.server.http.now;

import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import io.framewatch.video.now.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// The state of everything, as JSON, put together at most once a second however many look at it,
/// and only while somebody does. Thread safe.
final class NowFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NowFeed.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final long FRESH_NS = Duration.ofMillis(500).toNanos();

    private final Supplier<Now> source;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Tasks tasks = new Tasks("now");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Version current;
    private @Nullable Future<?> refreshing;
    private int viewers;
    private boolean closed;

    /// One state of everything.
    ///
    /// @param number counts up with every change
    /// @param body JSON
    /// @param unchanging the same JSON with its time left out, to compare by
    /// @param madeNs when, by the monotonic clock
    record Version(long number, byte[] body, byte[] unchanging, long madeNs) {}

    NowFeed(Supplier<Now> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// The state now, at most half a second old.
    Version latest() {
        lock.lock();
        try {
            Version known = current;
            if (known != null && clock.nanoTime() - known.madeNs < FRESH_NS) {
                return known;
            }
            return refresh();
        } finally {
            lock.unlock();
        }
    }

    private Version refresh() {
        Now now = source.get();
        byte[] body = json.writeValueAsBytes(now);
        byte[] unchanging = json.writeValueAsBytes(withoutTime(now));
        Version known = current;
        boolean same = known != null && Arrays.equals(known.unchanging, unchanging);
        long number = known == null ? 1 : same ? known.number : known.number + 1;
        Version fresh = new Version(number, body, unchanging, clock.nanoTime());
        current = fresh;
        if (!same) {
            changed.signalAll();
        }
        return fresh;
    }

    private static Now withoutTime(Now now) {
        return new Now(
                Instant.EPOCH,
                now.title(),
                now.mode(),
                now.finding(),
                now.counts(),
                now.dataAgeSeconds(),
                now.sites(),
                now.streams(),
                now.alerts(),
                now.stages(),
                now.changes(),
                now.demo());
    }

    /// One more looks on; keeps the state fresh until the last one leaves.
    void join() {
        lock.lock();
        try {
            viewers++;
            if (refreshing == null && !closed) {
                refreshing = tasks.every("now", Duration.ZERO, PERIOD, this::refreshForViewers);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One leaves.
    void leave() {
        lock.lock();
        try {
            viewers--;
            if (viewers == 0 && refreshing != null) {
                refreshing.cancel(false);
                refreshing = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void refreshForViewers() {
        lock.lock();
        try {
            refresh();
        } catch (RuntimeException e) {
            log.error("the state of the page Now was not put together", e);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for another version than `seen`; null when none came within `patienceMs` milliseconds
    /// or the server stops.
    @Nullable Version awaitOther(long seen, long patienceMs) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(patienceMs);
            while (left > 0 && !closed) {
                Version known = current;
                if (known != null && known.number != seen) {
                    return known;
                }
                left = changed.awaitNanos(left);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tasks.close();
    }
}
