package io.framewatch.model;

import java.util.List;
import java.util.Map;

/// One operation of a trace, in OpenTelemetry's words (`opentelemetry/proto/trace/v1`).
///
/// @param traceId 32 lower-case hexadecimal digits
/// @param spanId 16 lower-case hexadecimal digits
/// @param parentSpanId id of the parent, empty at a root
/// @param traceState W3C `tracestate`, may be empty
/// @param service `service.name` of the resource
/// @param name the operation
/// @param kind role of the span
/// @param startNs start, Unix nanoseconds
/// @param endNs end, Unix nanoseconds, not before the start
/// @param status outcome
/// @param statusMessage what the sender says about a failure, may be empty
/// @param attributes fields of the span
/// @param resource fields of what sent it
/// @param scope name of the instrumentation that made it, may be empty
/// @param events what happened during the span
/// @param links other spans it relates to
public record Span(
        String traceId,
        String spanId,
        String parentSpanId,
        String traceState,
        String service,
        String name,
        Kind kind,
        long startNs,
        long endNs,
        Status status,
        String statusMessage,
        Map<String, AttributeValue> attributes,
        Map<String, AttributeValue> resource,
        String scope,
        List<Event> events,
        List<Link> links) {

    /// Role of a span.
    public enum Kind {
        UNSPECIFIED,
        INTERNAL,
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    /// Outcome of a span.
    public enum Status {
        UNSET,
        OK,
        ERROR
    }

    /// Something that happened during a span.
    ///
    /// @param timestampNs when, Unix nanoseconds
    /// @param name what
    /// @param attributes its fields
    public record Event(long timestampNs, String name, Map<String, AttributeValue> attributes) {}

    /// Another span that this one relates to.
    ///
    /// @param traceId its trace
    /// @param spanId its id
    /// @param attributes fields of the relation
    public record Link(String traceId, String spanId, Map<String, AttributeValue> attributes) {}

    /// How long it took, nanoseconds.
    public long durationNs() {
        return endNs - startNs;
    }
}
