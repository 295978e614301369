package io.framewatch.wire.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Reads the spans of an export request. Spans without valid ids or with an end before the start
/// are refused one by one; the others are taken. Thread safe.
public final class OtlpTraces {

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;
    private static final String SERVICE_NAME = "service.name";
    private static final String UNKNOWN_SERVICE = "unknown_service";

    private OtlpTraces() {}

    /// What a request held.
    ///
    /// @param spans those taken
    /// @param refused how many were not
    /// @param reason why, of the last one refused; empty if none was
    public record Result(List<Span> spans, int refused, String reason) {}

    /// The request of a protobuf body; throws `otlp_invalid`.
    public static ExportTraceServiceRequest parse(byte[] protobuf) {
        try {
            return ExportTraceServiceRequest.parseFrom(protobuf);
        } catch (InvalidProtocolBufferException e) {
            throw OtlpJson.invalid("The body is not a protobuf trace export request.");
        }
    }

    /// The spans of a request.
    public static Result spans(ExportTraceServiceRequest request, OtlpLimits limits) {
        List<Span> spans = new ArrayList<>();
        int refused = 0;
        String reason = "";
        for (ResourceSpans of : request.getResourceSpansList()) {
            String wrongResource = limits.wrong(of.getResource().getAttributesList());
            Map<String, AttributeValue> resource =
                    OtlpAttributes.map(of.getResource().getAttributesList());
            AttributeValue named = resource.get(SERVICE_NAME);
            String service =
                    named == null || named.text().isEmpty() ? UNKNOWN_SERVICE : named.text();
            for (ScopeSpans scope : of.getScopeSpansList()) {
                for (io.opentelemetry.proto.trace.v1.Span span : scope.getSpansList()) {
                    String wrong = wrongResource.isEmpty() ? wrong(span, limits) : wrongResource;
                    if (wrong.isEmpty()) {
                        spans.add(span(span, service, resource, scope.getScope().getName()));
                    } else {
                        refused++;
                        reason = wrong;
                    }
                }
            }
        }
        return new Result(spans, refused, reason);
    }

    private static String wrong(io.opentelemetry.proto.trace.v1.Span span, OtlpLimits limits) {
        if (!isId(span.getTraceId(), TRACE_ID_BYTES)) {
            return "a trace id is not 16 bytes, not all zero";
        }
        if (!isId(span.getSpanId(), SPAN_ID_BYTES)) {
            return "a span id is not 8 bytes, not all zero";
        }
        long startNs = span.getStartTimeUnixNano();
        if (startNs <= 0 || span.getEndTimeUnixNano() < startNs) {
            return "a span has no start or ends before it";
        }
        if (span.getEventsCount() > limits.partsMax() || span.getLinksCount() > limits.partsMax()) {
            return "a span has more than " + limits.partsMax() + " events or links";
        }
        String wrong = limits.wrong(span.getAttributesList());
        return wrong.isEmpty() ? "" : "a span has " + wrong;
    }

    private static boolean isId(ByteString id, int bytes) {
        if (id.size() != bytes) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (id.byteAt(i) != 0) {
                return true;
            }
        }
        return false;
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Span span(
            io.opentelemetry.proto.trace.v1.Span span,
            String service,
            Map<String, AttributeValue> resource,
            String scope) {
        List<Span.Event> events = new ArrayList<>();
        span.getEventsList()
                .forEach(e ->
                        events.add(
                                new Span.Event(
                                        e.getTimeUnixNano(),
                                        e.getName(),
                                        OtlpAttributes.map(e.getAttributesList()))));
        List<Span.Link> links = new ArrayList<>();
        span.getLinksList()
                .forEach(l ->
                        links.add(
                                new Span.Link(
                                        hex(l.getTraceId()),
                                        hex(l.getSpanId()),
                                        OtlpAttributes.map(l.getAttributesList()))));
        return new Span(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                span.getParentSpanId().isEmpty() ? "" : hex(span.getParentSpanId()),
                span.getTraceState(),
                service,
                span.getName(),
                kind(span.getKind()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                status(span.getStatus().getCode()),
                span.getStatus().getMessage(),
                OtlpAttributes.map(span.getAttributesList()),
                resource,
                scope,
                events,
                links);
    }

    private static Span.Kind kind(io.opentelemetry.proto.trace.v1.Span.SpanKind kind) {
        return switch (kind) {
            case SPAN_KIND_INTERNAL -> Span.Kind.INTERNAL;
            case SPAN_KIND_SERVER -> Span.Kind.SERVER;
            case SPAN_KIND_CLIENT -> Span.Kind.CLIENT;
            case SPAN_KIND_PRODUCER -> Span.Kind.PRODUCER;
            case SPAN_KIND_CONSUMER -> Span.Kind.CONSUMER;
            default -> Span.Kind.UNSPECIFIED;
        };
    }

    private static Span.Status status(io.opentelemetry.proto.trace.v1.Status.StatusCode code) {
        return switch (code) {
            case STATUS_CODE_OK -> Span.Status.OK;
            case STATUS_CODE_ERROR -> Span.Status.ERROR;
            default -> Span.Status.UNSET;
        };
    }
}
