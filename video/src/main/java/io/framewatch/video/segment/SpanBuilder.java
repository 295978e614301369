package io.framewatch.video.segment;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a span together. Not thread safe.
public final class SpanBuilder {

    /// Attribute that says what a span's times are taken from.
    public static final String TIMES_FROM = "framewatch.times_from";

    private static final String SCOPE = "framewatch";

    private final TraceContext self;
    private final String service;
    private final String name;
    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    private String parentSpanId = "";
    private Span.Kind kind = Span.Kind.INTERNAL;
    private Span.Status status = Span.Status.UNSET;
    private String statusMessage = "";
    private long startNs;
    private long endNs;

    /// A span with these ids, of a service, called `name`.
    public SpanBuilder(TraceContext self, String service, String name) {
        this.self = self;
        this.service = service;
        this.name = name;
    }

    /// Under this span; empty at a root.
    public SpanBuilder under(String spanId) {
        parentSpanId = spanId;
        return this;
    }

    /// What kind; internal if not said.
    public SpanBuilder kind(Span.Kind of) {
        kind = of;
        return this;
    }

    /// When, Unix nanoseconds, and what those times are taken from. An end before the start, which
    /// clocks of different resolution can give, counts as the start.
    public SpanBuilder between(long fromNs, long toNs, String timesFrom) {
        startNs = fromNs;
        endNs = Math.max(fromNs, toNs);
        return with(TIMES_FROM, timesFrom);
    }

    /// An attribute.
    public SpanBuilder with(String key, String value) {
        attributes.put(key, new AttributeValue.Text(value));
        return this;
    }

    /// An attribute.
    public SpanBuilder with(String key, long value) {
        attributes.put(key, new AttributeValue.Int(value));
        return this;
    }

    /// An attribute; left out if it is not a number.
    public SpanBuilder with(String key, double value) {
        if (Double.isFinite(value)) {
            attributes.put(key, new AttributeValue.Real(value));
        }
        return this;
    }

    /// Attributes, in this order.
    public SpanBuilder with(Map<String, AttributeValue> more) {
        attributes.putAll(more);
        return this;
    }

    /// It failed, and how.
    public SpanBuilder failed(String how) {
        status = Span.Status.ERROR;
        statusMessage = how;
        return this;
    }

    /// The span.
    public Span build() {
        return new Span(
                self.traceId(),
                self.spanId(),
                parentSpanId,
                "",
                service,
                name,
                kind,
                startNs,
                endNs,
                status,
                statusMessage,
                Collections.unmodifiableMap(new LinkedHashMap<>(attributes)),
                Map.of("service.name", new AttributeValue.Text(service)),
                SCOPE,
                List.of(),
                List.of());
    }
}
