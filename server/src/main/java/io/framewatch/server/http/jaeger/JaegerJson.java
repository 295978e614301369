package io.framewatch.server.http.jaeger;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.framewatch.server.http.JsonOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes traces in Jaeger's JSON (`model/json`): times in microseconds, resources as processes
/// `p1`, `p2` ...
final class JaegerJson {

    private JaegerJson() {}

    /// `{"data":[trace, ...],"total":...}`
    static JsonOut traces(List<List<Span>> traces) {
        JsonOut out = new JsonOut();
        out.raw("{\"data\":[");
        for (int i = 0; i < traces.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            trace(out, traces.get(i));
        }
        return out.raw("],\"total\":0,\"limit\":0,\"offset\":0,\"errors\":null}");
    }

    /// `{"data":null,...,"errors":[{"code":404,"msg":...}]}`
    static JsonOut error(int code, String message) {
        JsonOut out = new JsonOut();
        out.raw("{\"data\":null,\"total\":0,\"limit\":0,\"offset\":0,\"errors\":[{\"code\":");
        return out.number(code).raw(",\"msg\":").text(message).raw("}]}");
    }

    private record Emitter(String service, Map<String, AttributeValue> resource) {}

    private static void trace(JsonOut out, List<Span> spans) {
        Map<Emitter, String> processes = new LinkedHashMap<>();
        for (Span span : spans) {
            Emitter process = new Emitter(span.service(), span.resource());
            processes.putIfAbsent(process, "p" + (processes.size() + 1));
        }
        out.raw("{\"traceID\":").text(spans.getFirst().traceId()).raw(",\"spans\":[");
        for (int i = 0; i < spans.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            Span span = spans.get(i);
            String process =
                    processes.getOrDefault(new Emitter(span.service(), span.resource()), "p1");
            span(out, span, process);
        }
        out.raw("],\"processes\":{");
        boolean first = true;
        for (Map.Entry<Emitter, String> entry : processes.entrySet()) {
            out.raw(first ? "" : ",").text(entry.getValue()).raw(":{\"serviceName\":");
            first = false;
            out.text(entry.getKey().service()).raw(",\"tags\":[");
            tags(out, withoutServiceName(entry.getKey().resource()), true);
            out.raw("]}");
        }
        out.raw("},\"warnings\":null}");
    }

    private static Map<String, AttributeValue> withoutServiceName(
            Map<String, AttributeValue> resource) {
        Map<String, AttributeValue> rest = new LinkedHashMap<>(resource);
        rest.remove("service.name");
        return rest;
    }

    private static void span(JsonOut out, Span span, String process) {
        out.raw("{\"traceID\":").text(span.traceId()).raw(",\"spanID\":").text(span.spanId());
        out.raw(",\"operationName\":").text(span.name()).raw(",\"references\":[");
        boolean first = true;
        if (!span.parentSpanId().isEmpty()) {
            reference(out, "CHILD_OF", span.traceId(), span.parentSpanId());
            first = false;
        }
        for (Span.Link link : span.links()) {
            out.raw(first ? "" : ",");
            first = false;
            reference(out, "FOLLOWS_FROM", link.traceId(), link.spanId());
        }
        out.raw("],\"startTime\":").number(span.startNs() / 1000);
        out.raw(",\"duration\":").number(span.durationNs() / 1000).raw(",\"tags\":[");
        boolean more = tags(out, span.attributes(), true);
        derivedTags(out, span, !more);
        out.raw("],\"logs\":[");
        for (int i = 0; i < span.events().size(); i++) {
            Span.Event event = span.events().get(i);
            out.raw(i == 0 ? "" : ",").raw("{\"timestamp\":").number(event.timestampNs() / 1000);
            out.raw(",\"fields\":[");
            tag(out, "event", new AttributeValue.Text(event.name()));
            tags(out, event.attributes(), false);
            out.raw("]}");
        }
        out.raw("],\"processID\":").text(process).raw(",\"warnings\":null}");
    }

    private static void reference(JsonOut out, String type, String traceId, String spanId) {
        out.raw("{\"refType\":").text(type).raw(",\"traceID\":").text(traceId);
        out.raw(",\"spanID\":").text(spanId).raw('}');
    }

    /// Kind, status and scope, which OpenTelemetry keeps beside the attributes and Jaeger among
    /// them.
    private static void derivedTags(JsonOut out, Span span, boolean first) {
        Map<String, AttributeValue> tags = new LinkedHashMap<>();
        if (span.kind() != Span.Kind.UNSPECIFIED) {
            tags.put("span.kind", text(span.kind().name().toLowerCase(Locale.ROOT)));
        }
        switch (span.status()) {
            case ERROR -> {
                tags.put("error", new AttributeValue.Bool(true));
                tags.put("otel.status_code", text("ERROR"));
            }
            case OK -> tags.put("otel.status_code", text("OK"));
            case UNSET -> {}
        }
        if (!span.statusMessage().isEmpty()) {
            tags.put("otel.status_description", text(span.statusMessage()));
        }
        if (!span.scope().isEmpty()) {
            tags.put("otel.scope.name", text(span.scope()));
        }
        span.attributes().keySet().forEach(tags::remove);
        tags(out, tags, first);
    }

    private static AttributeValue text(String text) {
        return new AttributeValue.Text(text);
    }

    /// Writes tags; answers whether it wrote any.
    private static boolean tags(JsonOut out, Map<String, AttributeValue> tags, boolean first) {
        boolean head = first;
        for (Map.Entry<String, AttributeValue> tag : tags.entrySet()) {
            if (!head) {
                out.raw(',');
            }
            head = false;
            tag(out, tag.getKey(), tag.getValue());
        }
        return !tags.isEmpty();
    }

    private static void tag(JsonOut out, String key, AttributeValue value) {
        out.raw("{\"key\":").text(key).raw(",\"type\":");
        switch (value) {
            case AttributeValue.Text t -> out.raw("\"string\",\"value\":").text(t.value());
            case AttributeValue.Bool b ->
                    out.raw("\"bool\",\"value\":").raw(Boolean.toString(b.value()));
            case AttributeValue.Int i -> out.raw("\"int64\",\"value\":").number(i.value());
            case AttributeValue.Real r when Double.isFinite(r.value()) ->
                    out.raw("\"float64\",\"value\":").floatText(r.value());
            case AttributeValue.Real r -> out.raw("\"string\",\"value\":").text(r.text());
            case AttributeValue.Bytes b -> out.raw("\"binary\",\"value\":").text(b.hex());
            case AttributeValue.Many m -> out.raw("\"string\",\"value\":").text(m.text());
            case AttributeValue.Nested n -> out.raw("\"string\",\"value\":").text(n.text());
        }
        out.raw('}');
    }
}
