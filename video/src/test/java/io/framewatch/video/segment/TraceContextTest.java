package io.framewatch.video.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final TraceContext CONTEXT =
            new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    @Test
    void writes_and_reads_itself() {
        assertThat(CONTEXT.traceparent())
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(TraceContext.parse(CONTEXT.traceparent())).isEqualTo(CONTEXT);
        assertThat(TraceContext.ofServerTiming(CONTEXT.serverTiming())).isEqualTo(CONTEXT);
    }

    @Test
    void is_found_among_other_timings() {
        String header = "cache;dur=3.1, " + CONTEXT.serverTiming() + ", db;desc=\"a,b\"";
        assertThat(TraceContext.ofServerTiming(header)).isEqualTo(CONTEXT);
        assertThat(TraceContext.ofServerTiming("traceparent;desc=" + CONTEXT.traceparent()))
                .isEqualTo(CONTEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                "\"><script>alert(1)</script>",
                "traceparent;desc"
            })
    void anything_else_is_no_trace(String text) {
        assertThat(TraceContext.parse(text)).isNull();
        assertThat(TraceContext.ofServerTiming("traceparent;desc=\"" + text + "\"")).isNull();
    }

    @Test
    void a_header_without_end_is_not_looked_at() {
        String header = "x;desc=\"" + "y".repeat(3_000) + "\", " + CONTEXT.serverTiming();
        assertThat(TraceContext.ofServerTiming(header)).isNull();
    }

    @Test
    void ids_are_well_formed_and_their_own() {
        TraceIds ids = new TraceIds();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            TraceContext context = new TraceContext(ids.trace(), ids.span());
            assertThat(TraceContext.parse(context.traceparent())).isEqualTo(context);
            assertThat(made.add(context.traceId())).isTrue();
        }
    }
}
