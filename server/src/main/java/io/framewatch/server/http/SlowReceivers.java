package io.framewatch.server.http;

import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts off those who follow live but take nothing: a write that stands still for too long is
/// interrupted, which closes the connection and frees its place. Thread safe.
public final class SlowReceivers implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Clock clock;
    private final long standstillNs;
    private final Set<Guarded> writing = ConcurrentHashMap.newKeySet();
    private final Tasks tasks = new Tasks("slow-receivers");

    /// @param standstillMsMax longest time one write may take, milliseconds
    public SlowReceivers(long standstillMsMax, Clock clock) {
        this.clock = clock;
        this.standstillNs = Duration.ofMillis(standstillMsMax).toNanos();
        tasks.every("slow-receivers", PERIOD, PERIOD, this::cutOff);
    }

    /// The same stream, watched. For one thread at a time.
    public OutputStream guarded(OutputStream out) {
        return new Guarded(out);
    }

    private void cutOff() {
        long now = clock.nanoTime();
        for (Guarded each : writing) {
            if (now - each.sinceNs > standstillNs) {
                each.writer.interrupt();
            }
        }
    }

    @Override
    public void close() {
        tasks.close();
    }

    /// A step that writes.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /// A stream; it is among [#writing] while a thread writes to it.
    private final class Guarded extends FilterOutputStream {

        private volatile long sinceNs;
        private volatile Thread writer = Thread.currentThread();

        Guarded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            watched(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            watched(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            watched(out::flush);
        }

        private void watched(Step step) throws IOException {
            writer = Thread.currentThread();
            sinceNs = clock.nanoTime();
            writing.add(this);
            try {
                step.run();
            } finally {
                writing.remove(this);
            }
        }
    }
}
