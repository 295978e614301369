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
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.LogStore;
import io.framewatch.store.TraceStore;
import io.framewatch.video.segment.SegmentSignals;
import io.framewatch.wire.loki.PushLimits;
import java.util.List;

/// The two signals beside metrics: their stores, what fills them and what asks them. Thread safe.
public final class LogsAndTraces implements AutoCloseable {

    private final LogStore logs;
    private final TraceStore traces;
    private final LogqlEngine logql;
    private final OtlpSink otlp;
    private final SignalWriter own;
    private final Clock clock;

    /// What runs on these stores, which are closed with it.
    public LogsAndTraces(LogStore logs, TraceStore traces, Meters meters, Clock clock) {
        this.logs = logs;
        this.traces = traces;
        this.otlp = new OtlpSink(logs, traces);
        this.own = new SignalWriter(logs, traces, meters);
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

    /// Where this program's own lines and spans of segments go.
    public SegmentSignals segments() {
        return own;
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
        own.close();
        logs.close();
        traces.close();
    }
}
