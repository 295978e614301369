package io.framewatch.engine;

import io.framewatch.engine.http.HttpConnection;
import io.framewatch.engine.http.HttpHead;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends statements to an engine over its Unix socket and keeps connections for the next. Thread
/// safe; meant to be called from virtual threads.
public final class EngineClient implements AutoCloseable {

    /// How long after its time limit an answer is waited for, for the engine to tell itself.
    private static final long GRACE_MS = 5_000;

    private static final int ERROR_BYTES_MAX = 64 << 10;

    private final Path socket;
    private final Semaphore places;
    private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final Tasks guards = new Tasks("engine-client");
    private volatile boolean closed;

    /// A client of the engine on `socket` that has at most `callsMax` calls under way; more wait.
    public EngineClient(Path socket, int callsMax) {
        this.socket = socket;
        this.places = new Semaphore(callsMax);
    }

    /// Sends `call` and returns the beginning of its answer, which the caller closes.
    ///
    /// Throws [EngineException] if the engine refuses the statement; `FaultException` with code
    /// `engine_gone`, turn `LATER`, if there is no engine or it ended meanwhile: whether an insert
    /// took place is then unknown. A query is sent again once if a kept connection turns out dead.
    public EngineReply send(EngineCall call) {
        Lease lease = lease(call);
        boolean handedOver = false;
        try {
            HttpHead head = exchange(lease, call);
            EngineReply reply = new EngineReply(head, lease.connection().body(head), lease);
            if (head.status() != 200) {
                throw refused(head, lease);
            }
            handedOver = true;
            return reply;
        } catch (IOException failed) {
            throw lease.gone(failed);
        } finally {
            if (!handedOver) {
                lease.close(false);
            }
        }
    }

    private static EngineException refused(HttpHead head, Lease lease) throws IOException {
        byte[] text = lease.connection().body(head).readAll(ERROR_BYTES_MAX);
        String code = head.field("x-clickhouse-exception-code");
        return new EngineException(
                code == null ? 0 : Integer.parseInt(code),
                new String(text, StandardCharsets.UTF_8).strip());
    }

    private HttpHead exchange(Lease lease, EngineCall call) throws IOException {
        try {
            return exchangeOnce(lease.connection(), call);
        } catch (IOException dead) {
            if (!lease.reused || call.data() != null || lease.timedOut) {
                throw dead;
            }
            lease.replace(connect());
            return exchangeOnce(lease.connection(), call);
        }
    }

    private static HttpHead exchangeOnce(HttpConnection connection, EngineCall call)
            throws IOException {
        List<ByteBuffer> body = call.body();
        long length = body.stream().mapToLong(ByteBuffer::remaining).sum();
        Map<String, String> fields = new TreeMap<>();
        fields.put("host", "engine");
        fields.put("content-length", Long.toString(length));
        connection.write(HttpHead.of("POST " + call.target() + " HTTP/1.1", fields));
        connection.write(body.toArray(ByteBuffer[]::new));
        HttpHead head = connection.readHead();
        if (head == null) {
            throw new java.io.EOFException("the engine closed the connection");
        }
        return head;
    }

    private Lease lease(EngineCall call) {
        try {
            if (!places.tryAcquire(call.timeoutMs(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(EngineException.BUSY, "The engine has too much to do.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.CANCELLED, "Interrupted.");
        }
        try {
            HttpConnection kept = idle.pollFirst();
            boolean reused = kept != null;
            return new Lease(kept == null ? connect() : kept, reused, call.timeoutMs());
        } catch (IOException failed) {
            places.release();
            throw gone(failed);
        }
    }

    private HttpConnection connect() throws IOException {
        if (closed) {
            throw new IOException("the client is closed");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new HttpConnection(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    private static FaultException gone(Throwable cause) {
        return new FaultException(
                Fault.later(
                        "engine_gone",
                        "The engine does not answer: " + cause.getMessage() + ".",
                        "Try again in a few seconds; it is being restarted."),
                cause);
    }

    /// Whether the engine answers at all, within two seconds.
    public boolean ping() {
        EngineCall ping = EngineCall.query("", Map.of(), 2_000);
        Lease lease;
        try {
            lease = lease(ping);
        } catch (FaultException | EngineException none) {
            return false;
        }
        boolean kept = false;
        try {
            lease.connection().write(HttpHead.of("GET /ping HTTP/1.1", Map.of("host", "engine")));
            HttpHead head = lease.connection().readHead();
            if (head == null || head.status() != 200) {
                return false;
            }
            lease.connection().body(head).readAll(ERROR_BYTES_MAX);
            kept = true;
            return true;
        } catch (IOException dead) {
            return false;
        } finally {
            lease.close(kept);
        }
    }

    /// Breaks off the statement that runs under `queryId`; whether there was one.
    public boolean kill(String queryId) {
        Map<String, String> id = Map.of("id", queryId);
        EngineCall kill = EngineCall.query("KILL QUERY WHERE query_id = {id:String}", id, GRACE_MS);
        try (EngineReply reply = send(kill)) {
            ByteBuffer answer = ByteBuffer.allocate(1024);
            boolean any = false;
            while (reply.read(answer) >= 0) {
                any = true;
                answer.clear();
            }
            return any;
        }
    }

    /// Ends idle connections; calls under way go on.
    @Override
    public void close() {
        closed = true;
        guards.close();
        dropIdle();
    }

    private void dropIdle() {
        for (HttpConnection old = idle.pollFirst(); old != null; old = idle.pollFirst()) {
            closeQuietly(old);
        }
    }

    private static void closeQuietly(HttpConnection connection) {
        try {
            connection.close();
        } catch (IOException alreadyGone) {
            // Nothing is lost with it.
        }
    }

    /// A connection while a call uses it, with the guard that ends it after the time limit.
    final class Lease {

        private HttpConnection connection;
        private final boolean reused;
        private final @Nullable Future<?> guard;
        private volatile boolean timedOut;
        private boolean open = true;

        private Lease(HttpConnection connection, boolean reused, long timeoutMs) {
            this.connection = connection;
            this.reused = reused;
            this.guard =
                    closed
                            ? null
                            : guards.after(
                                    "engine-timeout",
                                    Duration.ofMillis(timeoutMs + GRACE_MS),
                                    this::timeOut);
        }

        private void timeOut() {
            timedOut = true;
            closeQuietly(connection);
        }

        HttpConnection connection() {
            return connection;
        }

        void replace(HttpConnection fresh) {
            dropIdle();
            closeQuietly(connection);
            connection = fresh;
        }

        RuntimeException gone(IOException cause) {
            return timedOut
                    ? new EngineException(
                            EngineException.TIMEOUT, "The engine did not answer in time.")
                    : EngineClient.gone(cause);
        }

        /// Ends the lease, once; `keep` if the connection can take another call.
        void close(boolean keep) {
            if (!open) {
                return;
            }
            open = false;
            if (guard != null) {
                guard.cancel(false);
            }
            if (keep && !timedOut && !closed) {
                idle.addFirst(connection);
            } else {
                closeQuietly(connection);
            }
            places.release();
        }
    }
}
