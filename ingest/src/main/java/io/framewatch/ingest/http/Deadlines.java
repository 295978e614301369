package io.framewatch.ingest.http;

import io.framewatch.model.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Ends exchanges that are late: one thread looks at all of them every [#LOOK_MS]. A time limit on
/// each read would set and stop a timer of the virtual threads each time, which costs a scrape more
/// than reading its metrics does. Thread safe.
final class Deadlines implements AutoCloseable {

    /// Time between looks, milliseconds: so late may an exchange that is late be ended.
    static final long LOOK_MS = 200;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<PlainConnection> awaited = new HashSet<>();
    private boolean asked;
    private boolean idle;
    private boolean closed;

    Deadlines(Clock clock) {
        this.clock = clock;
    }

    /// Starts the thread.
    void start() {
        Thread.ofPlatform().name("http-deadlines").daemon().start(this::run);
    }

    /// The answer of `connection` is awaited from now on.
    void add(PlainConnection connection) {
        lock.lock();
        try {
            awaited.add(connection);
            asked = true;
            if (idle) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The answer of `connection` has come, or failed to.
    void remove(PlainConnection connection) {
        lock.lock();
        try {
            awaited.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                idle = awaited.isEmpty() && !asked;
                asked = false;
                if (idle) {
                    changed.await();
                    idle = false;
                } else {
                    changed.await(LOOK_MS, TimeUnit.MILLISECONDS);
                }
                long nowNs = clock.nanoTime();
                awaited.removeIf(connection -> connection.endIfLate(nowNs));
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the thread.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
