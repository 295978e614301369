package io.framewatch.server.parts;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.LogqlEngine;
import io.framewatch.query.logql.LogqlLimits;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.jaeger.JaegerApi;
import io.framewatch.server.http.loki.LokiApi;
import io.framewatch.server.telemetry.Intake;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.store.LogStore;
import io.framewatch.store.TraceStore;
import io.framewatch.video.segment.SegmentSignals;
import java.util.List;
import java.util.function.Function;

/// The two signals beside metrics: their stores and what asks them. Thread safe.
public final class LogsAndTraces implements AutoCloseable {

    private final LogStore logs;
    private final TraceStore traces;
    private final LogqlEngine logql;
    private final QueryGuard guard;
    private final SignalWriter own;
    private final Clock clock;

    /// What runs on these stores, which are closed with it; own lines and spans are also sent on.
    ///
    /// @param guard over all queries, those of metrics too
    public LogsAndTraces(
            LogStore logs,
            TraceStore traces,
            Forwarding forwarding,
            Intake intake,
            Meters meters,
            QueryGuard guard,
            Clock clock) {
        this.logs = logs;
        this.traces = traces;
        this.own =
                new SignalWriter(
                        intake.logs("own", forwarding.lines(logs)),
                        intake.traces("own", forwarding.spans(traces)),
                        meters);
        this.clock = clock;
        this.guard = guard;
        this.logql = new LogqlEngine(logs, LogqlLimits.DEFAULT, guard, clock);
    }

    /// Where log lines are.
    public LogStore logs() {
        return logs;
    }

    /// Where spans are.
    public TraceStore traces() {
        return traces;
    }

    /// Where this program's own lines and spans of segments go.
    public SegmentSignals segments() {
        return own;
    }

    /// The HTTP paths that ask both signals.
    ///
    /// @param watch told of every query
    public List<Endpoints> endpoints(Function<Tenant, QueryLimits> limits, QueryWatch watch) {
        return List.of(
                new LokiApi(logs, logql, limits, watch, clock),
                new JaegerApi(traces, guard, clock));
    }

    @Override
    public void close() {
        own.close();
        logs.close();
        traces.close();
    }
}
