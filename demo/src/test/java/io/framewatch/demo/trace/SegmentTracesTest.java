package io.framewatch.demo.trace;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SegmentTracesTest {

    private static final long START = 1_800_000_000_000L;
    private static final Labels LABELS = Labels.of("stream_id", "cam-1", "site", "north");

    private final KeptSignals signals = new KeptSignals();
    private final PictureMarks in = new PictureMarks();
    private final PictureMarks out = new PictureMarks();
    private final SegmentTraces traces =
            new SegmentTraces(
                    LABELS,
                    List.of("360p", "180p"),
                    hops(),
                    signals,
                    new TraceIds(new SplittableRandom(1)));

    private SegmentTraces.Hops hops() {
        return new SegmentTraces.Hops() {
            @Override
            public PictureMarks.@Nullable Passage ingest(long fromMs, long toMs) {
                return in.passage(fromMs, toMs);
            }

            @Override
            public PictureMarks.@Nullable Passage contribution(
                    int rendition, long fromMs, long toMs) {
                return out.passage(fromMs, toMs);
            }
        };
    }

    /// Two seconds of pictures captured from `fromMs` after the start, at both relays.
    private void pass(long fromMs, long ingestDelayMs, long transcodeDelayMs) {
        for (long media = fromMs; media < fromMs + 2_000; media += 40) {
            in.passed(media, START + media + ingestDelayMs);
            out.passed(media + 77_000, START + media + ingestDelayMs + transcodeDelayMs);
        }
    }

    private PublishedSegment segment(int rendition, long index, long writtenMs) {
        String file = (rendition == 0 ? "360p" : "180p") + "/1-" + index + ".ts";
        return new PublishedSegment(
                rendition,
                file,
                1,
                index,
                1_000,
                START + 2_000 * index,
                2_000,
                START + writtenMs,
                START + writtenMs + 120);
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
        pass(0, 0, 0);
        pass(2_000, 15, 900);
        traces.packagerStarts(1);
        traces.published(segment(0, 1, 5_000));
        traces.published(segment(1, 1, 5_010));
        TraceContext context = Objects.requireNonNull(traces.context("360p/1-1.ts"));
        traces.delivered(
                new Deliveries.Delivery(
                        "cam-1",
                        "360p/1-1.ts",
                        (START + 5_400) * LogEntry.NS_PER_MS,
                        (START + 5_403) * LogEntry.NS_PER_MS,
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
        lasts(span("capture", ""), 2_000, 4_000);
        lasts(span("ingest", ""), 2_015, 3_975);
        lasts(span("transcode", "360p"), 2_015, 3_975 + 900);
        lasts(span("package", "360p"), 2_015 + 900, 5_000);
        lasts(span("publish", "360p"), 5_000, 5_120);
        lasts(span("publish", "180p"), 5_010, 5_130);
        lasts(span("deliver", ""), 5_400, 5_403);
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
