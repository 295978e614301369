package io.framewatch.server.http.receive;

import io.framewatch.model.Tenant;
import io.framewatch.store.LogStore;
import io.framewatch.store.TraceStore;
import io.framewatch.wire.otlp.OtlpLogs;
import io.framewatch.wire.otlp.OtlpTraces;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/// Where OTLP requests end, whichever way they came: into the stores. Thread safe.
public final class OtlpSink {

    private final LogStore logs;
    private final TraceStore traces;

    /// A sink into these stores.
    public OtlpSink(LogStore logs, TraceStore traces) {
        this.logs = logs;
        this.traces = traces;
    }

    /// Takes spans; those that cannot be taken are counted in the answer.
    public ExportTraceServiceResponse traces(Tenant tenant, ExportTraceServiceRequest request) {
        OtlpTraces.Result result = OtlpTraces.spans(request);
        if (!result.spans().isEmpty()) {
            traces.append(tenant, result.spans());
        }
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (result.refused() > 0) {
            answer.setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(result.refused())
                            .setErrorMessage(result.reason()));
        }
        return answer.build();
    }

    /// Takes log records; one without a time gets `nowNs`.
    public ExportLogsServiceResponse logs(
            Tenant tenant, ExportLogsServiceRequest request, long nowNs) {
        var entries = OtlpLogs.entries(request, nowNs);
        if (!entries.isEmpty()) {
            logs.append(tenant, entries);
        }
        return ExportLogsServiceResponse.getDefaultInstance();
    }
}
