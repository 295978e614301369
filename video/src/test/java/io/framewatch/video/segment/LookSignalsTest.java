package io.framewatch.video.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookSignalsTest {

    private static final TraceContext PUBLISHED =
            new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private final List<Span> spans = new ArrayList<>();
    private final List<LogEntry> lines = new ArrayList<>();
    private final LookSignals signals =
            new LookSignals(
                    new SegmentSignals() {
                        @Override
                        public void span(Span span) {
                            spans.add(span);
                        }

                        @Override
                        public void line(LogEntry line) {
                            lines.add(line);
                        }
                    },
                    new TraceIds(new SplittableRandom(1)),
                    id -> Labels.of("stream_id", id, "site", "north"));

    private static SegmentLook look(Verdict verdict, @Nullable TraceContext context) {
        boolean fetched = verdict != Verdict.FAILED && verdict != Verdict.MISSING;
        return new SegmentLook(
                "cam-1",
                "7.ts",
                1_000,
                2_000,
                10_000_000,
                14_000_000,
                fetched ? 2 : -1,
                fetched ? 900 : 0,
                fetched ? 14_500_000 : 0,
                fetched ? 90_000_000 : 0,
                16.25,
                1.5,
                verdict,
                fetched ? "" : "HTTP 503",
                context);
    }

    @Test
    void a_segment_with_a_trace_is_seen_within_it() {
        assertThat(signals.take(look(Verdict.FINE, PUBLISHED))).isEqualTo(PUBLISHED.traceId());
        assertThat(spans)
                .extracting(Span::name)
                .containsExactly("probe segment", "fetch", "decode and judge");
        Span probe = spans.getFirst();
        assertThat(probe.parentSpanId()).isEqualTo(PUBLISHED.spanId());
        assertThat(probe.startNs()).isEqualTo(10_000_000);
        assertThat(probe.endNs()).isEqualTo(90_000_000);
        assertThat(probe.status()).isEqualTo(Span.Status.UNSET);
        assertThat(spans.get(1).durationNs()).isEqualTo(4_000_000);
        assertThat(spans.get(2).durationNs()).isEqualTo(75_500_000);
        assertThat(spans.subList(1, 3)).extracting(Span::parentSpanId).containsOnly(probe.spanId());
        LogEntry line = lines.getFirst();
        assertThat(line.metadata().get("trace_id")).isEqualTo(PUBLISHED.traceId());
        assertThat(line.metadata().get("span_id")).isEqualTo(probe.spanId());
        assertThat(line.stream())
                .isEqualTo(
                        Labels.of(
                                "level",
                                "info",
                                "service_name",
                                "probe",
                                "site",
                                "north",
                                "stream_id",
                                "cam-1"));
    }

    @Test
    void a_healthy_segment_without_a_trace_fills_no_store() {
        assertThat(signals.take(look(Verdict.FINE, null))).isNull();
        assertThat(signals.take(look(Verdict.UNSEEN, null))).isNull();
        assertThat(spans).isEmpty();
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FINE", "UNSEEN"})
    void a_broken_segment_always_has_a_trace_that_says_so(Verdict verdict) {
        String traceId = signals.take(look(verdict, null));
        assertThat(traceId).hasSize(32);
        assertThat(spans).extracting(Span::traceId).containsOnly(traceId);
        assertThat(spans.getFirst().status()).isEqualTo(Span.Status.ERROR);
        assertThat(spans.getFirst().statusMessage()).startsWith(verdict.word());
        assertThat(lines.getFirst().line()).contains("segment is " + verdict.word());
        assertThat(lines.getFirst().stream().get("level"))
                .isEqualTo(verdict == Verdict.LATE ? "warning" : "error");
    }

    @Test
    void a_line_stays_json_whatever_the_server_says() {
        SegmentLine line = new SegmentLine("probe", "error", "a\"b\\c\u0001\n");
        assertThat(line.with("x", Double.NaN).with("y", 1.5).at(3).line())
                .isEqualTo("{\"message\":\"a\\\"b\\\\c\\u0001\\u000a\",\"y\":1.5}");
    }

    @Test
    void keeps_the_newest_segments_of_each_stream() {
        RecentSegments recent = new RecentSegments();
        for (int i = 0; i < 50; i++) {
            recent.add(look(Verdict.FINE, null), "t" + i);
        }
        assertThat(recent.of("cam-1")).hasSize(RecentSegments.SEGMENTS_MAX);
        assertThat(recent.of("cam-1").getLast().traceId()).isEqualTo("t49");
        assertThat(recent.of("cam-2")).isEmpty();
    }
}
