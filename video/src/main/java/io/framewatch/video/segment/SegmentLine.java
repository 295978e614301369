package io.framewatch.video.segment;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A log line as JSON, with the ids of its trace both in the line and beside it. Field names are
/// OpenTelemetry's where it has one: `service_name`, `trace_id`, `span_id`. Not thread safe.
public final class SegmentLine {

    private final Labels.Builder stream = new Labels.Builder();
    private final Labels.Builder metadata = new Labels.Builder();
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /// A line that a service writes, as bad as `level` says, saying `message`.
    public SegmentLine(String service, String level, String message) {
        label("service_name", service);
        label("level", level);
        fields.put("message", message);
    }

    /// A label of the line's stream, so of few values.
    public SegmentLine label(String name, String value) {
        stream.set(name, value);
        return this;
    }

    /// A field of the line.
    public SegmentLine with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /// A field of the line; left out if it is not a number.
    public SegmentLine with(String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
        return this;
    }

    /// A field of the line.
    public SegmentLine with(String name, long value) {
        fields.put(name, value);
        return this;
    }

    /// The trace and the span that the line belongs to.
    public SegmentLine of(TraceContext context) {
        with("trace_id", context.traceId()).with("span_id", context.spanId());
        metadata.set("trace_id", context.traceId()).set("span_id", context.spanId());
        return this;
    }

    /// The line, written at `atMs`, Unix milliseconds.
    public LogEntry at(long atMs) {
        return new LogEntry(
                atMs * LogEntry.NS_PER_MS, stream.build(), json(fields), metadata.build());
    }

    private static String json(Map<String, Object> fields) {
        StringBuilder out = new StringBuilder("{");
        fields.forEach((name, value) -> {
            out.append(out.length() == 1 ? "" : ",");
            text(out, name);
            out.append(':');
            if (value instanceof String text) {
                text(out, text);
            } else {
                out.append(value);
            }
        });
        return out.append('}').toString();
    }

    /// A JSON string (RFC 8259, section 7).
    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
