package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.wire.otlp.send.LineExport;
import io.framewatch.wire.otlp.send.OtlpParts;
import io.framewatch.wire.otlp.send.SpanExport;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;

/// Sends on to OTLP remotes what the stores have taken: requests that came as OTLP as they came,
/// lines and spans from elsewhere in OTLP's form. Thread safe.
public final class SignalForwarder {

    private final Forwarder forwarder;

    /// Hands on to `forwarder`.
    public SignalForwarder(Forwarder forwarder) {
        this.forwarder = forwarder;
    }

    /// Metrics that came as OTLP.
    public void metrics(Tenant tenant, ExportMetricsServiceRequest request) {
        if (forwarder.wants(Kind.POINTS, tenant)) {
            OtlpParts.metrics(
                    request, (bytes, rows) -> forwarder.spool(tenant, Kind.POINTS, rows, bytes));
        }
    }

    /// Log records that came as OTLP.
    public void logs(Tenant tenant, ExportLogsServiceRequest request) {
        if (forwarder.wants(Kind.LINES, tenant)) {
            OtlpParts.logs(
                    request, (bytes, rows) -> forwarder.spool(tenant, Kind.LINES, rows, bytes));
        }
    }

    /// Spans that came as OTLP.
    public void traces(Tenant tenant, ExportTraceServiceRequest request) {
        if (forwarder.wants(Kind.SPANS, tenant)) {
            OtlpParts.traces(
                    request, (bytes, rows) -> forwarder.spool(tenant, Kind.SPANS, rows, bytes));
        }
    }

    /// Lines that came otherwise.
    public void lines(Tenant tenant, List<LogEntry> entries) {
        if (forwarder.wants(Kind.LINES, tenant)) {
            logs(tenant, LineExport.of(entries));
        }
    }

    /// Spans that came otherwise.
    public void spans(Tenant tenant, List<Span> spans) {
        if (forwarder.wants(Kind.SPANS, tenant)) {
            traces(tenant, SpanExport.of(spans));
        }
    }
}
