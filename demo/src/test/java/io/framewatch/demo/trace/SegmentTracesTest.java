package io.framewatch.demo.trace;

import static io.framewatch.demo.trace.Stretches.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.demo.KeptSignals;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.segment.TraceIds;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SegmentTracesTest {

    private static final Labels LABELS = Labels.of("stream_id", "cam-1", "site", "north");

    private final KeptSignals signals = new KeptSignals();
    private final Stretches stretches = new Stretches();
    private final SegmentTraces traces =
            new SegmentTraces(
                    LABELS,
                    List.of("360p", "180p"),
                    stretches.in,
                    List.of(stretches.out, stretches.out),
                    signals,
                    new TraceIds(new SplittableRandom(1)));

    private static PublishedSegment segment(int rendition, long index, long writtenMs) {
        return Stretches.segment(rendition, 1, index, writtenMs);
    }

    /// The first segments of a run, in which nothing is slow.
    private void begin(int segments) {
        traces.packagerStarts(1);
        stretches.pass(0, 0, 0);
        for (int i = 0; i < segments; i++) {
            stretches.pass(2_000L * (i + 1), 0, 0);
            traces.published(segment(0, i, 2_000L * (i + 1) + 100));
            traces.published(segment(1, i, 2_000L * (i + 1) + 110));
        }
        signals.spans().clear();
        signals.lines().clear();
    }

    private Span span(String name, String rendition) {
        return signals.spans().stream()
                .filter(span -> span.name().equals(name))
                .filter(span -> rendition.isEmpty() || text(span, "rendition").equals(rendition))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Span span, String key) {
        AttributeValue value = span.attributes().get(key);
        return value == null ? "" : value.text();
    }

    private static void lasts(Span span, long fromMs, long toMs) {
        assertThat(span.startNs()).isEqualTo((START + fromMs) * LogEntry.NS_PER_MS);
        assertThat(span.endNs()).isEqualTo((START + toMs) * LogEntry.NS_PER_MS);
        assertThat(text(span, "framewatch.times_from")).isNotEmpty();
    }

    @Test
    void aSegmentIsOneTraceFromCaptureToDelivery() {
        begin(2);
        stretches.pass(6_000, 15, 900);
        stretches.pass(8_000, 15, 1_000);
        traces.published(segment(0, 3, 9_300));
        traces.published(segment(1, 3, 9_310));
        TraceContext context = Objects.requireNonNull(traces.context("360p/1-3.ts"));
        traces.delivered(
                new Deliveries.Delivery(
                        "cam-1",
                        "360p/1-3.ts",
                        (START + 9_700) * LogEntry.NS_PER_MS,
                        (START + 9_703) * LogEntry.NS_PER_MS,
                        1_000,
                        "player"));
        assertThat(signals.spans())
                .extracting(Span::name)
                .containsExactly(
                        "capture",
                        "ingest",
                        "transcode",
                        "package",
                        "publish",
                        "transcode",
                        "package",
                        "publish",
                        "deliver");
        assertThat(signals.spans()).extracting(Span::traceId).containsOnly(context.traceId());
        lasts(span("capture", ""), 6_000, 8_000);
        lasts(span("ingest", ""), 6_015, 7_975);
        lasts(span("transcode", "360p"), 6_015, 7_975 + 900);
        lasts(span("package", "360p"), 6_015 + 900, 9_300);
        lasts(span("publish", "360p"), 9_300, 9_420);
        lasts(span("publish", "180p"), 9_310, 9_430);
        lasts(span("deliver", ""), 9_700, 9_703);
        assertThat(text(span("transcode", "180p"), "first_out_ms")).isEqualTo("900");
        assertThat(span("deliver", "").parentSpanId()).isEqualTo(context.spanId());
        assertThat(span("publish", "360p").parentSpanId())
                .isEqualTo(span("package", "360p").spanId());
        assertThat(span("transcode", "180p").parentSpanId()).isEqualTo(span("ingest", "").spanId());
        assertThat(span("ingest", "").parentSpanId()).isEqualTo(span("capture", "").spanId());
        assertThat(span("capture", "").parentSpanId()).isEmpty();
    }

    @Test
    void whatWasNotMeasuredIsNotTold() {
        traces.packagerStarts(1);
        traces.published(segment(0, 0, 2_100));
        assertThat(signals.spans())
                .extracting(Span::name)
                .containsExactly("capture", "package", "publish");
        lasts(span("package", ""), 2_100, 2_100);
        assertThat(text(span("package", ""), "framewatch.times_from")).contains("not known");
    }

    @Test
    void linesCarryTheIdsInTheTextAndBesideIt() {
        traces.published(segment(0, 0, 2_100));
        LogEntry line = signals.lines().getFirst();
        TraceContext context = Objects.requireNonNull(traces.context("360p/1-0.ts"));
        assertThat(line.metadata().get("trace_id")).isEqualTo(context.traceId());
        assertThat(line.metadata().get("span_id")).isEqualTo(context.spanId());
        assertThat(line.line())
                .contains("\"trace_id\":\"" + context.traceId() + "\"")
                .contains("\"message\":\"segment published\"");
        assertThat(line.stream().get("service_name")).isEqualTo("packager");
        assertThat(line.stream().get("stream_id")).isEqualTo("cam-1");
        assertThat(line.timestampMs()).isEqualTo(START + 2_220);
    }

    @Test
    void knowsTheSegmentUnderWayOnlyWithinARun() {
        traces.packagerStarts(1);
        assertThat(traces.underWay()).isNull();
        traces.published(segment(0, 0, 2_100));
        String underWay = traces.underWay();
        assertThat(underWay).isNotNull();
        traces.published(segment(0, 1, 4_100));
        assertThat(Objects.requireNonNull(traces.context("360p/1-1.ts")).traceId())
                .isEqualTo(underWay);
        traces.packagerStarts(2);
        assertThat(traces.underWay()).isNull();
        traces.published(segment(0, 2, 6_100)); // the last of run 1, found late
        assertThat(traces.underWay()).isNull();
    }

    @Test
    void aSegmentLostWithItsPackagerIsToldOnce() {
        traces.packagerStarts(1);
        traces.packagerEnded(START + 500, "signal 9");
        assertThat(signals.spans()).isEmpty();
        traces.published(segment(0, 0, 2_100));
        String lost = traces.underWay();
        traces.packagerEnded(START + 3_000, "signal 9");
        traces.packagerEnded(START + 3_250, "signal 9");
        Span span = signals.spans().getLast();
        assertThat(signals.spans()).hasSize(4);
        assertThat(span.traceId()).isEqualTo(lost);
        assertThat(span.status()).isEqualTo(Span.Status.ERROR);
        assertThat(span.statusMessage()).contains("signal 9");
        lasts(span, 2_100, 3_000);
        assertThat(signals.lines().getLast().stream().get("level")).isEqualTo("error");
    }

    @Test
    void deliveriesAndFilesAreBounded() {
        traces.published(segment(0, 0, 2_100));
        int before = signals.spans().size();
        for (int i = 0; i < 100; i++) {
            traces.delivered(new Deliveries.Delivery("cam-1", "360p/1-0.ts", 1, 2, 3, ""));
            traces.delivered(new Deliveries.Delivery("cam-1", "360p/none.ts", 1, 2, 3, ""));
        }
        assertThat(signals.spans()).hasSize(before + SegmentTraces.DELIVERIES_MAX);
        for (int i = 1; i < 200; i++) {
            traces.published(segment(0, i, 2_100 + 2_000L * i));
        }
        assertThat(traces.context("360p/1-0.ts")).isNull();
        assertThat(traces.context("360p/1-199.ts")).isNotNull();
    }
}
