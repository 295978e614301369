package io.framewatch.server.parts;

import io.framewatch.model.FaultException;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.server.telemetry.Counters;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.LogAppender;
import io.framewatch.store.TraceAppender;
import io.framewatch.video.segment.SegmentSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/// Writes the lines and spans that this program makes itself, so that whoever makes them never
/// waits for a store: they stand in a queue and are written four times a second. What finds the
/// queue full, or the store refuses, is dropped and counted. Thread safe.
final class SignalWriter implements SegmentSignals, AutoCloseable {

    /// Most lines, and most spans, that wait.
    private static final int WAITING_MAX = 8_192;

    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(250);

    private final LogAppender logs;
    private final TraceAppender traces;
    private final Counters dropped;
    private final BlockingQueue<LogEntry> lines = new LinkedBlockingQueue<>(WAITING_MAX);
    private final BlockingQueue<Span> spans = new LinkedBlockingQueue<>(WAITING_MAX);
    private final Tasks tasks = new Tasks("signals");

    SignalWriter(LogAppender logs, TraceAppender traces, Meters meters) {
        this.logs = logs;
        this.traces = traces;
        this.dropped =
                meters.counter(
                        "framewatch_own_signals_dropped_total",
                        "Own log lines and spans that were not kept, by signal.",
                        "signal");
        tasks.every("signals", FLUSH_INTERVAL, FLUSH_INTERVAL, this::flush);
    }

    @Override
    public void span(Span span) {
        if (!spans.offer(span)) {
            dropped.increment("span");
        }
    }

    @Override
    public void line(LogEntry line) {
        if (!lines.offer(line)) {
            dropped.increment("line");
        }
    }

    /// Spans first: a line that can be read leads to its trace.
    private synchronized void flush() {
        write(spans, traces::append, "span");
        write(lines, logs::append, "line");
    }

    private <T> void write(
            BlockingQueue<T> waiting, BiConsumer<Tenant, List<T>> store, String signal) {
        List<T> batch = new ArrayList<>();
        waiting.drainTo(batch);
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.accept(Tenant.DEFAULT, batch);
        } catch (FaultException e) {
            dropped.add(batch.size(), signal);
        }
    }

    /// Writes what waits, then takes no more.
    @Override
    public void close() {
        tasks.close();
        flush();
    }
}
