package io.framewatch.wire.otlp.send;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spans as an export request, by resource and scope. Stateless, thread safe.
public final class SpanExport {

    private static final String SERVICE_NAME = "service.name";

    private SpanExport() {}

    private record Origin(String service, Map<String, AttributeValue> resource, String scope) {}

    /// The spans in their order, by where they came from.
    public static ExportTraceServiceRequest of(List<Span> spans) {
        Map<Origin, ScopeSpans.Builder> origins = new LinkedHashMap<>();
        for (Span span : spans) {
            Origin origin = new Origin(span.service(), span.resource(), span.scope());
            origins.computeIfAbsent(origin, _ -> ScopeSpans.newBuilder()).addSpans(span(span));
        }
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        origins.forEach((origin, scope) -> {
            ResourceSpans.Builder resource = ResourceSpans.newBuilder();
            resource.getResourceBuilder().addAllAttributes(Attributes.of(origin.resource()));
            if (!origin.resource().containsKey(SERVICE_NAME)) {
                resource.getResourceBuilder()
                        .addAttributes(Attributes.text(SERVICE_NAME, origin.service()));
            }
            scope.setScope(InstrumentationScope.newBuilder().setName(origin.scope()));
            request.addResourceSpans(resource.addScopeSpans(scope));
        });
        return request.build();
    }

    private static io.opentelemetry.proto.trace.v1.Span span(Span span) {
        io.opentelemetry.proto.trace.v1.Span.Builder out =
                io.opentelemetry.proto.trace.v1.Span.newBuilder()
                        .setTraceId(Attributes.bytes(span.traceId()))
                        .setSpanId(Attributes.bytes(span.spanId()))
                        .setParentSpanId(Attributes.bytes(span.parentSpanId()))
                        .setTraceState(span.traceState())
                        .setName(span.name())
                        .setKindValue(span.kind().ordinal())
                        .setStartTimeUnixNano(span.startNs())
                        .setEndTimeUnixNano(span.endNs())
                        .addAllAttributes(Attributes.of(span.attributes()))
                        .setStatus(
                                Status.newBuilder()
                                        .setCodeValue(span.status().ordinal())
                                        .setMessage(span.statusMessage()));
        for (Span.Event event : span.events()) {
            out.addEventsBuilder()
                    .setTimeUnixNano(event.timestampNs())
                    .setName(event.name())
                    .addAllAttributes(Attributes.of(event.attributes()));
        }
        for (Span.Link link : span.links()) {
            out.addLinksBuilder()
                    .setTraceId(Attributes.bytes(link.traceId()))
                    .setSpanId(Attributes.bytes(link.spanId()))
                    .addAllAttributes(Attributes.of(link.attributes()));
        }
        return out.build();
    }
}
