package io.framewatch.store.record;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spans of one tenant as they stand in the log.
///
/// @param tenant whose
/// @param operations days on which an operation was seen for the first time
/// @param spans the spans in the order of their arrival
public record SpanRecord(Tenant tenant, List<OperationRow> operations, List<Span> spans) {

    private static final Span.Kind[] KINDS = Span.Kind.values();
    private static final Span.Status[] STATUSES = Span.Status.values();
    private static final int SPAN_BYTES = 512;

    /// An operation was seen on a day.
    ///
    /// @param day days since 1970-01-01, UTC
    /// @param service whose operation
    /// @param name span name
    /// @param kind span kind
    public record OperationRow(int day, String service, String name, Span.Kind kind) {}

    /// The record as bytes.
    public ByteBuffer encode() {
        ByteWriter out = new ByteWriter(64 + spans.size() * SPAN_BYTES);
        out.putText(tenant.id());
        out.putInt(operations.size());
        for (OperationRow row : operations) {
            out.putInt(row.day()).putText(row.service()).putText(row.name());
            out.putByte(row.kind().ordinal());
        }
        out.putInt(spans.size());
        spans.forEach(span -> write(out, span));
        return out.done();
    }

    private static void write(ByteWriter out, Span span) {
        out.putText(span.traceId()).putText(span.spanId()).putText(span.parentSpanId());
        out.putText(span.traceState()).putText(span.service()).putText(span.name());
        out.putByte(span.kind().ordinal()).putLong(span.startNs()).putLong(span.endNs());
        out.putByte(span.status().ordinal()).putText(span.statusMessage());
        attributes(out, span.attributes());
        attributes(out, span.resource());
        out.putText(span.scope());
        out.putInt(span.events().size());
        for (Span.Event event : span.events()) {
            out.putLong(event.timestampNs()).putText(event.name());
            attributes(out, event.attributes());
        }
        out.putInt(span.links().size());
        for (Span.Link link : span.links()) {
            out.putText(link.traceId()).putText(link.spanId());
            attributes(out, link.attributes());
        }
    }

    private static void attributes(ByteWriter out, Map<String, AttributeValue> attributes) {
        out.putInt(attributes.size());
        attributes.forEach(
                (name, value) -> out.putText(name).putText(AttributeCodec.encode(value)));
    }

    private static Map<String, AttributeValue> attributes(ByteBuffer in) {
        int size = in.getInt();
        Map<String, AttributeValue> attributes = LinkedHashMap.newLinkedHashMap(size);
        for (int n = size; n > 0; n--) {
            attributes.put(ByteWriter.text(in), AttributeCodec.decode(ByteWriter.text(in)));
        }
        return attributes;
    }

    /// Reads what [#encode] wrote; `in` is little endian.
    public static SpanRecord decode(ByteBuffer in) {
        Tenant tenant = new Tenant(ByteWriter.text(in));
        List<OperationRow> operations = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            operations.add(
                    new OperationRow(
                            in.getInt(),
                            ByteWriter.text(in),
                            ByteWriter.text(in),
                            KINDS[in.get()]));
        }
        List<Span> spans = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            spans.add(span(in));
        }
        return new SpanRecord(tenant, operations, spans);
    }

    private static Span span(ByteBuffer in) {
        return new Span(
                ByteWriter.text(in),
                ByteWriter.text(in),
                ByteWriter.text(in),
                ByteWriter.text(in),
                ByteWriter.text(in),
                ByteWriter.text(in),
                KINDS[in.get()],
                in.getLong(),
                in.getLong(),
                STATUSES[in.get()],
                ByteWriter.text(in),
                attributes(in),
                attributes(in),
                ByteWriter.text(in),
                events(in),
                links(in));
    }

    private static List<Span.Event> events(ByteBuffer in) {
        List<Span.Event> events = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            events.add(new Span.Event(in.getLong(), ByteWriter.text(in), attributes(in)));
        }
        return events;
    }

    private static List<Span.Link> links(ByteBuffer in) {
        List<Span.Link> links = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            links.add(new Span.Link(ByteWriter.text(in), ByteWriter.text(in), attributes(in)));
        }
        return links;
    }
}
