package io.framewatch.server.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.store.memory.InMemoryTraceStore;
import io.framewatch.video.segment.SegmentLine;
import io.framewatch.video.segment.SpanBuilder;
import io.framewatch.video.segment.TraceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SignalWriterTest {

    private static final TraceContext CONTEXT =
            new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private final Meters meters = new Meters();
    private final InMemoryLogStore logs = new InMemoryLogStore(1 << 20);
    private final InMemoryTraceStore traces = new InMemoryTraceStore(100);

    @AfterEach
    void end() {
        logs.close();
        traces.close();
    }

    private List<Labels> streams() {
        return logs.streams(Tenant.DEFAULT, List.of(), 0, Long.MAX_VALUE);
    }

    private static LogEntry line(String service) {
        return new SegmentLine(service, "info", "x").of(CONTEXT).at(1_000);
    }

    @Test
    void whatIsMadeIsWrittenSoon() {
        try (SignalWriter writer = new SignalWriter(logs, traces, meters)) {
            writer.span(new SpanBuilder(CONTEXT, "camera", "capture").build());
            writer.line(line("camera"));
            await().until(() -> streams().size() == 1);
            assertThat(traces.trace(Tenant.DEFAULT, CONTEXT.traceId())).hasSize(1);
        }
    }

    @Test
    void whatWaitsAtTheEndIsWritten() {
        SignalWriter writer = new SignalWriter(logs, traces, meters);
        writer.line(line("packager"));
        writer.close();
        assertThat(streams()).hasSize(1);
    }

    @Test
    void whatFindsNoPlaceIsCounted() {
        SignalWriter writer = new SignalWriter(logs, traces, meters);
        writer.close();
        for (int i = 0; i < 10_000; i++) {
            writer.line(line("packager"));
        }
        Map<String, Double> samples = new HashMap<>();
        meters.collect(
                new Meters.Sink() {
                    @Override
                    public void family(MetricMetadata family) {}

                    @Override
                    public void sample(String name, Labels labels, double value) {
                        samples.put(name + labels.get("signal"), value);
                    }
                });
        assertThat(samples)
                .containsEntry("framewatch_own_signals_dropped_totalline", 10_000.0 - 8_192);
    }
}
