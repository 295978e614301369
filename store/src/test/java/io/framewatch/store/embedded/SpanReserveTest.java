package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.store.tail.Signal;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The memory for spans that wait for the engine, filled to its limit with spans as a pipeline
/// sends them: with attributes, a resource, events with texts, and links.
@Timeout(180)
final class SpanReserveTest {

    private static final long T_MS = 1_800_000_000_000L;
    private static final long T_NS = T_MS * 1_000_000L;
    private static final int RESERVE_BYTES = 4 << 20;
    private static final int SPANS_PER_TRACE = 40;

    @TempDir private Path folder;

    private DurableStores open(Path socket, FlushOptions flush) {
        Signal limits = Signal.DEFAULT.withTailBytesMax(RESERVE_BYTES);
        return DurableStores.open(
                folder.resolve("stores"),
                new EngineClickHouse(new EngineClient(socket, 8)),
                EngineStoreOptions.DEFAULT.withFlush(flush).withRetention(Retention.FOR_EVER),
                limits,
                limits,
                new ManualClock(T_MS),
                line -> {});
    }

    private static String traceId(int trace) {
        return "%032x".formatted(trace + 1);
    }

    /// The trace of one segment: each step with what a pipeline tells of it.
    private static List<Span> trace(int trace) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < SPANS_PER_TRACE; i++) {
            long startNs = T_NS + trace * 1_000_000L + i * 1_000L;
            AttributeValue text =
                    new AttributeValue.Text("frame " + i + " of segment " + trace + " was late");
            spans.add(
                    new Span(
                            traceId(trace),
                            "%016x".formatted(trace * 100L + i + 1),
                            i == 0 ? "" : "%016x".formatted(trace * 100L + 1),
                            "",
                            "transcoder-" + i % 4,
                            "step " + i,
                            Span.Kind.INTERNAL,
                            startNs,
                            startNs + 800,
                            i % 10 == 9 ? Span.Status.ERROR : Span.Status.OK,
                            i % 10 == 9 ? "the encoder dropped frames" : "",
                            Map.of(
                                    "camera", new AttributeValue.Text("cam-" + trace % 100),
                                    "frames", new AttributeValue.Int(i * 25L),
                                    "bitrate", new AttributeValue.Real(4.5e6 + i)),
                            Map.of("site", new AttributeValue.Text("north")),
                            "pipeline",
                            List.of(new Span.Event(startNs + 100, "late", Map.of("what", text))),
                            List.of(new Span.Link(traceId(0), "%016x".formatted(1), Map.of()))));
        }
        return spans;
    }

    private static boolean taken(DurableStores stores, int trace) {
        try {
            stores.traces().append(Tenant.DEFAULT, trace(trace));
            return true;
        } catch (FaultException full) {
            assertThat(full.fault().code()).isEqualTo("unflushed_full");
            assertThat(full.fault().turn()).isEqualTo(Fault.Turn.LATER);
            return false;
        }
    }

    private static void holds(DurableStores stores, int traces, int every) {
        for (int trace = 0; trace < traces; trace += every) {
            assertThat(stores.traces().trace(Tenant.DEFAULT, traceId(trace)))
                    .as("trace " + trace)
                    .containsExactlyInAnyOrderElementsOf(trace(trace));
        }
    }

    /// Without an engine, what comes beyond the reserve is refused for now, and all that was taken
    /// is in the engine after a restart, each once.
    @Test
    void beyondTheReserveSpansAreRefusedAndNoneTakenIsLost() throws IOException {
        Path socket = TestEngine.options(folder.resolve("engine")).socket();
        FlushOptions busy =
                new FlushOptions(Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(200));
        int traces = 0;
        try (DurableStores stores = open(socket, busy)) {
            while (taken(stores, traces)) {
                traces++;
            }
            assertThat(stores.traces().tailBytes())
                    .isBetween(RESERVE_BYTES * 95L / 100, (long) RESERVE_BYTES);
            assertThat(taken(stores, traces)).isFalse();
        }
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"));
                DurableStores stores = open(engine.supervisor.socket(), busy)) {
            stores.journal().awaitFlushed(TestEngine.PATIENCE);
            assertThat(stores.traces().tailBytes()).isLessThanOrEqualTo(RESERVE_BYTES / 2);
            assertThat(taken(stores, traces)).isTrue();
            holds(stores, traces + 1, 1);
            assertThat(stores.traces().trace(Tenant.DEFAULT, traceId(traces + 1))).isEmpty();
        }
    }

    /// With an engine, more than twice the reserve goes through it long before the interval is
    /// over: a flush begins when much waits.
    @Test
    void whileTheEngineTakesThemTheReserveIsEmptiedEarly() throws IOException {
        FlushOptions seldom =
                new FlushOptions(
                        Duration.ofHours(1),
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        RESERVE_BYTES / 16);
        int traces = 2 * RESERVE_BYTES / (SPANS_PER_TRACE * 1_000);
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"));
                DurableStores stores = open(engine.supervisor.socket(), seldom)) {
            for (int trace = 0; trace < traces; trace++) {
                int next = trace;
                // Who sends faster than the engine takes is refused for now, and sends again.
                await().atMost(TestEngine.PATIENCE).until(() -> taken(stores, next));
                assertThat(stores.traces().tailBytes()).isLessThanOrEqualTo(RESERVE_BYTES);
            }
            assertThat(stores.journal().flushStatus().rows())
                    .isGreaterThan((long) traces * SPANS_PER_TRACE / 2);
            holds(stores, traces, 9);
        }
    }
}
