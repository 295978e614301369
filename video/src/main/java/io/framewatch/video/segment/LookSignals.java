package io.framewatch.video.segment;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes spans and a log line of each look at a segment. A segment whose server says which trace it
/// belongs to is seen within that trace; of others only the broken ones get a trace, their own, so
/// that thousands of healthy foreign streams do not fill the store. Thread safe.
public final class LookSignals {

    private static final String SERVICE = "probe";

    private final SegmentSignals signals;
    private final TraceIds ids;
    private final Function<String, Labels> labels;

    /// @param labels the labels of a stream by its id, such as `stream_id`, `camera_id`, `site`
    public LookSignals(SegmentSignals signals, TraceIds ids, Function<String, Labels> labels) {
        this.signals = signals;
        this.ids = ids;
        this.labels = labels;
    }

    /// Tells of a look; answers the id of the trace it is found in, null if in none.
    public @Nullable String take(SegmentLook look) {
        TraceContext parent = look.context();
        if (parent == null && !look.verdict().isBroken()) {
            return null;
        }
        String traceId = parent == null ? ids.trace() : parent.traceId();
        TraceContext self = new TraceContext(traceId, ids.span());
        Labels of = labels.apply(look.streamId());
        signals.span(probe(look, self, parent == null ? "" : parent.spanId(), of));
        signals.span(fetch(look, new TraceContext(traceId, ids.span()), self));
        if (look.decodeStartNs() > 0) {
            signals.span(decode(look, new TraceContext(traceId, ids.span()), self));
        }
        signals.line(line(look, self, of));
        return traceId;
    }

    private static Span probe(SegmentLook look, TraceContext self, String parent, Labels of) {
        SpanBuilder span =
                new SpanBuilder(self, SERVICE, "probe segment")
                        .under(parent)
                        .kind(Span.Kind.CONSUMER)
                        .between(look.fetchStartNs(), look.endNs(), "probe's clock")
                        .with(attributes(of))
                        .with("segment", look.name())
                        .with("verdict", look.verdict().word())
                        .with("segment.duration_s", look.durationMs() / 1000.0)
                        .with("luma", rounded(look.luma()))
                        .with("lag_s", look.lagSeconds());
        if (look.verdict().isBroken()) {
            span.failed(
                    look.detail().isEmpty()
                            ? look.verdict().word()
                            : look.verdict().word() + ": " + look.detail());
        }
        return span.build();
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 10) / 10.0 : value;
    }

    private static Map<String, AttributeValue> attributes(Labels of) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        of.forEach((name, value) -> attributes.put(name, new AttributeValue.Text(value)));
        return attributes;
    }

    private static Span fetch(SegmentLook look, TraceContext self, TraceContext parent) {
        SpanBuilder span =
                new SpanBuilder(self, SERVICE, "fetch")
                        .under(parent.spanId())
                        .kind(Span.Kind.CLIENT)
                        .between(
                                look.fetchStartNs(),
                                look.fetchEndNs(),
                                "probe's clock: request sent, last byte read")
                        .with("segment", look.name())
                        .with("http.response.body.size", look.bytes());
        if (look.ttfbMs() >= 0) {
            span.with("ttfb_ms", look.ttfbMs());
        } else {
            span.failed(look.detail());
        }
        return span.build();
    }

    private static Span decode(SegmentLook look, TraceContext self, TraceContext parent) {
        SpanBuilder span =
                new SpanBuilder(self, SERVICE, "decode and judge")
                        .under(parent.spanId())
                        .between(
                                look.decodeStartNs(),
                                look.decodeEndNs(),
                                "probe's clock: decoder started, pictures judged")
                        .with("verdict", look.verdict().word())
                        .with("luma", rounded(look.luma()));
        if (look.verdict() == Verdict.UNREADABLE) {
            span.failed("no picture can be decoded");
        }
        return span.build();
    }

    private static LogEntry line(SegmentLook look, TraceContext self, Labels of) {
        String message =
                look.verdict().isBroken()
                        ? "segment is " + look.verdict().word()
                        : "segment looked at";
        SegmentLine line =
                new SegmentLine(SERVICE, look.verdict().level(), message)
                        .with("segment", look.name())
                        .with("verdict", look.verdict().word())
                        .with("lag_s", look.lagSeconds())
                        .with("luma", rounded(look.luma()))
                        .with("bytes", look.bytes())
                        .of(self);
        of.forEach(line::label);
        if (!look.detail().isEmpty()) {
            line.with("detail", look.detail());
        }
        return line.at(look.endNs() / LogEntry.NS_PER_MS);
    }
}
