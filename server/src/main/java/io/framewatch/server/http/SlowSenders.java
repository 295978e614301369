package io.framewatch.server.http;

import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts off clients that stop in the middle of a body, or drip it. The web server sets no timeout
/// on its sockets, so every blocking read of a body is noted here and the reading thread is
/// interrupted when it takes too long, which closes the connection. Thread safe.
final class SlowSenders implements Filter, AutoCloseable {

    /// A whole body may take this many times the longest silence.
    private static final int BODY_TIMEOUTS = 10;

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Clock clock;
    private final long silenceNs;
    private final Set<Body> bodies = ConcurrentHashMap.newKeySet();
    private final Tasks tasks = new Tasks("slow-senders");

    /// @param silenceMsMax longest wait for the next bytes, milliseconds
    SlowSenders(long silenceMsMax, Clock clock) {
        this.clock = clock;
        this.silenceNs = Duration.ofMillis(silenceMsMax).toNanos();
        tasks.every("slow-senders", PERIOD, PERIOD, this::cutOff);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        req.streamFilter(in -> new Body(in, clock.nanoTime()));
        chain.proceed();
    }

    private void cutOff() {
        long now = clock.nanoTime();
        for (Body body : bodies) {
            if (now - body.waitingSinceNs > silenceNs
                    || now - body.beganNs > silenceNs * BODY_TIMEOUTS) {
                body.reader.interrupt();
            }
        }
    }

    @Override
    public void close() {
        tasks.close();
    }

    /// A body; it is among [#bodies] while a thread waits for its next bytes.
    private final class Body extends FilterInputStream {

        private final long beganNs;
        private volatile long waitingSinceNs;
        private volatile Thread reader = Thread.currentThread();

        Body(InputStream in, long beganNs) {
            super(in);
            this.beganNs = beganNs;
        }

        @Override
        public int read() throws IOException {
            begin();
            try {
                return super.read();
            } finally {
                bodies.remove(this);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            begin();
            try {
                return super.read(buffer, offset, length);
            } finally {
                bodies.remove(this);
            }
        }

        private void begin() {
            reader = Thread.currentThread();
            waitingSinceNs = clock.nanoTime();
            bodies.add(this);
        }
    }
}
