package io.framewatch.store.traces;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.SpanRecord;
import io.framewatch.store.record.SpanRecord.OperationRow;
import io.framewatch.store.tail.Tail;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Spans on their way in: checked, gathered into a record, measured. Not thread safe.
final class SpanAppend {

    /// What a span takes in memory beside its texts, bytes, roughly.
    private static final long SPAN_BYTES = 400;

    /// What an attribute takes beside its texts, bytes, roughly.
    private static final long ATTRIBUTE_BYTES = 96;

    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int TRACE_ID_DIGITS = 32;
    private static final int SPAN_ID_DIGITS = 16;

    private final Tenant tenant;
    private final List<Span> spans;
    private final Set<OperationRow> operations = new HashSet<>();
    private long bytes;
    private long minNs = Long.MAX_VALUE;
    private long maxNs = Long.MIN_VALUE;

    /// @param told the operations that the log knows of
    SpanAppend(Operations told, Tenant tenant, List<Span> spans) {
        this.tenant = tenant;
        this.spans = List.copyOf(spans);
        for (Span span : this.spans) {
            check(span);
            int day = (int) Math.floorDiv(span.startNs(), DAY_NS);
            OperationRow operation =
                    new OperationRow(day, span.service(), span.name(), span.kind());
            if (!told.isTold(tenant, operation)) {
                operations.add(operation);
            }
            bytes += bytes(span);
            minNs = Math.min(minNs, span.startNs());
            maxNs = Math.max(maxNs, span.startNs());
        }
    }

    private static void check(Span span) {
        boolean good =
                isHex(span.traceId(), TRACE_ID_DIGITS)
                        && isHex(span.spanId(), SPAN_ID_DIGITS)
                        && (span.parentSpanId().isEmpty()
                                || isHex(span.parentSpanId(), SPAN_ID_DIGITS))
                        && span.endNs() >= span.startNs();
        if (!good) {
            throw new FaultException(
                    Fault.caller(
                            "span_invalid",
                            "A span has ids that are not 32 and 16 hexadecimal digits, or ends"
                                    + " before it starts.",
                            "Look at the sender."));
        }
    }

    static boolean isHex(String id, int digits) {
        if (id.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    static boolean isTraceId(String id) {
        return isHex(id, TRACE_ID_DIGITS);
    }

    private static long bytes(Span span) {
        long own = SPAN_BYTES + span.statusMessage().length() + bytes(span.attributes());
        for (Span.Event event : span.events()) {
            own += ATTRIBUTE_BYTES + bytes(event.attributes());
        }
        for (Span.Link link : span.links()) {
            own += 2 * ATTRIBUTE_BYTES + bytes(link.attributes());
        }
        return own;
    }

    /// What a span takes that was read, whose resource is its own.
    static long bytesRead(Span span) {
        return bytes(span) + bytes(span.resource());
    }

    private static long bytes(Map<String, AttributeValue> attributes) {
        long own = 0;
        for (AttributeValue value : attributes.values()) {
            own += ATTRIBUTE_BYTES + bytes(value);
        }
        return own;
    }

    private static long bytes(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.value().length();
            case AttributeValue.Bytes hex -> hex.hex().length();
            case AttributeValue.Many many ->
                    many.values().stream().mapToLong(one -> ATTRIBUTE_BYTES + bytes(one)).sum();
            case AttributeValue.Nested nested -> bytes(nested.values());
            case AttributeValue.Bool _, AttributeValue.Int _, AttributeValue.Real _ -> 0;
        };
    }

    Set<OperationRow> operations() {
        return operations;
    }

    SpanRecord record() {
        return new SpanRecord(tenant, List.copyOf(operations), spans);
    }

    long minNs() {
        return minNs;
    }

    long maxNs() {
        return maxNs;
    }

    Tail.Chunk<Span> chunk() {
        return new Tail.Chunk<>(tenant, spans, minNs, maxNs, bytes);
    }
}
