package io.framewatch.ingest.http;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// GET without TLS and proxy, as nearly all scrapes are: the thread that asks writes and reads the
/// socket itself. The JDK's client hands each piece of an answer through several threads, which
/// takes more time than reading the metrics (`docs/decisions/0160-memory-and-ingest-at-scale.md`).
/// Connections are kept for the next request to the same host. Thread safe.
final class PlainHttp implements AutoCloseable {

    /// Most connections kept for one host, and for all.
    static final int IDLE_PER_HOST_MAX = 16;

    static final int IDLE_MAX = 8_192;

    /// A connection idle for longer is not used again.
    static final long IDLE_NS_MAX = TimeUnit.SECONDS.toNanos(90);

    /// After so many requests the connections of hosts that nobody asks any more are closed.
    private static final int REQUESTS_PER_SWEEP = 1_000;

    private final Clock clock;
    private final Deadlines deadlines;
    private final Map<String, Deque<PlainConnection>> idle = new HashMap<>();
    private int idleCount;
    private int requests;
    private boolean closed;

    PlainHttp(Clock clock) {
        this.clock = clock;
        this.deadlines = new Deadlines(clock);
        deadlines.start();
    }

    /// Sends `request` and reads the whole answer.
    Reply get(HttpRequest request, long bytesMax, long deadlineNs) throws IOException {
        String authority = request.uri().getRawAuthority();
        PlainConnection connection = take(authority);
        if (connection != null) {
            try {
                return exchange(connection, request, bytesMax, deadlineNs);
            } catch (NotBegunException closedWhileIdle) {
                // Sent again on a connection of its own.
            }
        }
        PlainConnection fresh = new PlainConnection(request.uri(), clock, deadlineNs);
        return exchange(fresh, request, bytesMax, deadlineNs);
    }

    private Reply exchange(
            PlainConnection connection, HttpRequest request, long bytesMax, long deadlineNs)
            throws IOException {
        boolean reusable = false;
        connection.deadlineNs(deadlineNs);
        deadlines.add(connection);
        try {
            connection.send(request);
            ReplyHead head = connection.head();
            Reply reply = head.with(connection.body(head, bytesMax));
            reusable = head.keepsAlive();
            return reply;
        } finally {
            deadlines.remove(connection);
            if (!reusable
                    || connection.isLate()
                    || !keep(request.uri().getRawAuthority(), connection)) {
                connection.close();
            }
        }
    }

    private synchronized @Nullable PlainConnection take(String authority) {
        if (++requests % REQUESTS_PER_SWEEP == 0) {
            sweep();
        }
        Deque<PlainConnection> all = idle.get(authority);
        PlainConnection newest = all == null ? null : all.pollLast();
        if (newest == null) {
            return null;
        }
        idleCount--;
        if (clock.nanoTime() - newest.idleSinceNs() > IDLE_NS_MAX) {
            newest.close();
            return null;
        }
        return newest;
    }

    private synchronized boolean keep(String authority, PlainConnection connection) {
        Deque<PlainConnection> all = idle.computeIfAbsent(authority, _ -> new ArrayDeque<>(2));
        if (closed || idleCount >= IDLE_MAX || all.size() >= IDLE_PER_HOST_MAX) {
            return false;
        }
        connection.idle(clock.nanoTime());
        all.addLast(connection);
        idleCount++;
        return true;
    }

    private void sweep() {
        long nowNs = clock.nanoTime();
        for (Iterator<Deque<PlainConnection>> each = idle.values().iterator(); each.hasNext(); ) {
            Deque<PlainConnection> all = each.next();
            while (!all.isEmpty() && nowNs - all.getFirst().idleSinceNs() > IDLE_NS_MAX) {
                all.removeFirst().close();
                idleCount--;
            }
            if (all.isEmpty()) {
                each.remove();
            }
        }
    }

    /// Connections that wait for a request.
    synchronized int idleCount() {
        return idleCount;
    }

    @Override
    public synchronized void close() {
        closed = true;
        deadlines.close();
        idle.values().forEach(all -> all.forEach(PlainConnection::close));
        idle.clear();
        idleCount = 0;
    }
}
