package io.framewatch.server.http.receive;

import io.framewatch.ingest.forward.SignalForwarder;
import io.framewatch.model.Clock;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogAppender;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.TraceAppender;
import io.framewatch.wire.otlp.OtlpLimits;
import io.framewatch.wire.otlp.OtlpLogs;
import io.framewatch.wire.otlp.OtlpTraces;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import io.framewatch.wire.push.WriteLimits;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.function.Supplier;

/// Where OTLP requests end, whichever way they came: in the stores. What cannot be taken out of an
/// otherwise good request is counted in the answer, with the reason. Thread safe.
public final class OtlpSink {

    private final MetricTaker metrics;
    private final LogAppender logs;
    private final TraceAppender traces;
    private final SignalForwarder forward;
    private final Clock clock;

    /// A sink into these stores.
    ///
    /// @param forward gets the requests whose content is stored
    /// @param options how names of metrics are translated; asked for each request
    public OtlpSink(
            MetricAppender metrics,
            LogAppender logs,
            TraceAppender traces,
            SignalForwarder forward,
            Supplier<OtlpOptions> options,
            Clock clock) {
        this.metrics = new MetricTaker(metrics, options, WriteLimits.DEFAULT, clock);
        this.logs = logs;
        this.traces = traces;
        this.forward = forward;
        this.clock = clock;
    }

    /// Takes metrics.
    public ExportMetricsServiceResponse metrics(
            Tenant tenant, ExportMetricsServiceRequest request) {
        MetricTaker.Taken taken = metrics.take(tenant, request);
        forward.metrics(tenant, request);
        ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
        if (taken.refused() > 0) {
            answer.setPartialSuccess(
                    ExportMetricsPartialSuccess.newBuilder()
                            .setRejectedDataPoints(taken.refused())
                            .setErrorMessage(taken.reason()));
        }
        return answer.build();
    }

    /// Takes spans.
    public ExportTraceServiceResponse traces(Tenant tenant, ExportTraceServiceRequest request) {
        OtlpTraces.Result result = OtlpTraces.spans(request, OtlpLimits.DEFAULT);
        if (!result.spans().isEmpty()) {
            traces.append(tenant, result.spans());
        }
        forward.traces(tenant, request);
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (result.refused() > 0) {
            answer.setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(result.refused())
                            .setErrorMessage(result.reason()));
        }
        return answer.build();
    }

    /// Takes log records; one without a time gets the present one.
    public ExportLogsServiceResponse logs(Tenant tenant, ExportLogsServiceRequest request) {
        long nowNs = clock.nowMs() * LogEntry.NS_PER_MS;
        OtlpLogs.Result result = OtlpLogs.entries(request, nowNs, OtlpLimits.DEFAULT);
        if (!result.entries().isEmpty()) {
            logs.append(tenant, result.entries());
        }
        forward.logs(tenant, request);
        ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
        if (result.refused() > 0) {
            answer.setPartialSuccess(
                    ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(result.refused())
                            .setErrorMessage(result.reason()));
        }
        return answer.build();
    }
}
