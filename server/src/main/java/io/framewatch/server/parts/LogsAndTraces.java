package io.framewatch.server.parts;

import io.framewatch.model.Clock;
import io.framewatch.query.logql.LogqlEngine;
import io.framewatch.query.logql.LogqlLimits;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.jaeger.JaegerApi;
import io.framewatch.server.http.loki.LokiApi;
import io.framewatch.server.http.receive.LokiReceiver;
import io.framewatch.server.http.receive.OtlpReceiver;
import io.framewatch.server.http.receive.OtlpSink;
import io.framewatch.store.LogStore;
import io.framewatch.store.TraceStore;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.store.memory.InMemoryTraceStore;
import io.framewatch.wire.loki.PushLimits;
import java.util.List;

/// The two signals beside metrics: their stores, what fills them and what asks them. Thread safe.
public final class LogsAndTraces implements AutoCloseable {

    /// Lines held in memory, bytes of text and a little more per line.
    private static final long LOG_BYTES_MAX = 64L << 20;

    /// Spans held in memory.
    private static final int SPANS_MAX = 100_000;

    private final LogStore logs = new InMemoryLogStore(LOG_BYTES_MAX);
    private final TraceStore traces = new InMemoryTraceStore(SPANS_MAX);
    private final LogqlEngine logql;
    private final OtlpSink otlp = new OtlpSink(logs, traces);
    private final Clock clock;

    /// Empty stores, ready to be filled.
    public LogsAndTraces(Clock clock) {
        this.clock = clock;
        this.logql = new LogqlEngine(logs, LogqlLimits.DEFAULT, clock);
    }

    /// Where log lines are.
    public LogStore logs() {
        return logs;
    }

    /// Where spans are.
    public TraceStore traces() {
        return traces;
    }

    /// Where OTLP requests end.
    public OtlpSink otlp() {
        return otlp;
    }

    /// The HTTP paths of both signals.
    ///
    /// @param bodyBytesMax largest body, packed or unpacked, bytes
    public List<Endpoints> endpoints(QueryLimits limits, long bodyBytesMax) {
        return List.of(
                new LokiReceiver(logs, PushLimits.DEFAULT, bodyBytesMax),
                new OtlpReceiver(otlp, clock, bodyBytesMax),
                new LokiApi(logs, logql, limits, clock),
                new JaegerApi(traces, clock));
    }

    @Override
    public void close() {
        logs.close();
        traces.close();
    }
}
