package io.framewatch.engine;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The connections that statements run on, and one more that only kills. Thread safe.
final class ConnectionPool implements AutoCloseable {

    /// How long a statement waits for a free connection.
    private static final long WAIT_MS_MAX = 30_000;

    private final BlockingQueue<EngineConnection> free;
    private final List<EngineConnection> all = new ArrayList<>();
    private final EngineConnection control;
    private final ReentrantLock controlLock = new ReentrantLock();
    private final Map<String, EngineConnection> running = new ConcurrentHashMap<>();

    /// Opens the connections. Throws `engine_refused` if the engine does not start; another process
    /// that has the folder open is the usual reason.
    ConnectionPool(LibChdb library, List<String> arguments, int size) {
        this.free = new ArrayBlockingQueue<>(size);
        this.control = open(library, arguments, "framewatch-control");
        for (int i = 0; i < size; i++) {
            EngineConnection connection = open(library, arguments, "framewatch-" + i);
            all.add(connection);
            free.add(connection);
        }
    }

    private static EngineConnection open(LibChdb library, List<String> arguments, String name) {
        EngineConnection connection = EngineConnection.open(library, arguments, name);
        if (connection == null) {
            throw new FaultException(
                    Fault.operator(
                            "engine_refused",
                            "The engine refuses its data folder.",
                            "Look for another process that uses it, and at the lines above."));
        }
        return connection;
    }

    /// What runs on a connection while it is lent.
    interface Work<R> {
        R on(EngineConnection connection) throws IOException;
    }

    /// Runs `work` on a free connection; it can be killed as `queryId` meanwhile. Throws
    /// [EngineException] with code 202 if none becomes free.
    <R> R with(String queryId, Work<R> work) throws IOException {
        EngineConnection connection = take();
        try {
            running.put(queryId, connection);
            return work.on(connection);
        } finally {
            // Under the lock, so that a kill never hits the statement that runs here next.
            controlLock.lock();
            try {
                running.remove(queryId, connection);
            } finally {
                controlLock.unlock();
            }
            free.add(connection);
        }
    }

    private EngineConnection take() {
        try {
            EngineConnection connection = free.poll(WAIT_MS_MAX, TimeUnit.MILLISECONDS);
            if (connection == null) {
                throw new EngineException(
                        EngineException.BUSY,
                        "Code: 202. All " + all.size() + " connections are in use.");
            }
            return connection;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.CANCELLED, "Code: 394. Interrupted.");
        }
    }

    /// Breaks off the statement that runs as `queryId`; false if there is none.
    boolean kill(String queryId) {
        controlLock.lock();
        try {
            EngineConnection victim = running.get(queryId);
            if (victim == null) {
                return false;
            }
            control.kill(victim.name());
            return true;
        } finally {
            controlLock.unlock();
        }
    }

    /// Breaks off everything, then closes the connections and with the last one the engine.
    @Override
    public void close() {
        for (String queryId : List.copyOf(running.keySet())) {
            kill(queryId);
        }
        all.forEach(EngineConnection::close);
        control.close();
    }
}
