package io.framewatch.store;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import java.util.Map;

/// Which traces to find: those with one span that meets every condition.
///
/// @param service name of the service, empty for any
/// @param operation span name, empty for any
/// @param attributes texts that attributes of the span or its resource must have; `error=true` also
///   finds status ERROR
/// @param fromNs earliest start, Unix nanoseconds, inclusive
/// @param toNs latest start, Unix nanoseconds, inclusive
/// @param durationMinNs shortest duration, nanoseconds
/// @param durationMaxNs longest duration, nanoseconds
/// @param tracesMax most traces, at least 1
public record TraceSelection(
        String service,
        String operation,
        Map<String, String> attributes,
        long fromNs,
        long toNs,
        long durationMinNs,
        long durationMaxNs,
        int tracesMax) {

    /// Whether a span meets the conditions.
    public boolean accepts(Span span) {
        return (service.isEmpty() || service.equals(span.service()))
                && (operation.isEmpty() || operation.equals(span.name()))
                && span.startNs() >= fromNs
                && span.startNs() <= toNs
                && span.durationNs() >= durationMinNs
                && span.durationNs() <= durationMaxNs
                && attributes.entrySet().stream()
                        .allMatch(e -> has(span, e.getKey(), e.getValue()));
    }

    private static boolean has(Span span, String name, String text) {
        if (name.equals("error") && text.equals("true") && span.status() == Span.Status.ERROR) {
            return true;
        }
        AttributeValue own = span.attributes().get(name);
        AttributeValue value = own == null ? span.resource().get(name) : own;
        return value != null && value.text().equals(text);
    }
}
