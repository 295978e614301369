package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.LogSelection;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TestSpans;
import io.framewatch.store.TraceSelection;
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
import org.junit.jupiter.api.io.TempDir;

/// While the engine is away, all three signals are taken in and answered from memory; when it is
/// back, everything arrives.
class EngineAwayTest {

    private static final long T_MS = 1_800_000_000_000L;
    private static final long T_NS = T_MS * 1_000_000L;
    private static final Tenant TENANT = Tenant.DEFAULT;

    @TempDir Path folder;

    private DurableStores open(Path socket, Signal limits) {
        FlushOptions busy =
                new FlushOptions(Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(200));
        return DurableStores.open(
                folder.resolve("stores"),
                new EngineClickHouse(new EngineClient(socket, 8)),
                EngineStoreOptions.DEFAULT.withFlush(busy).withRetention(Retention.FOR_EVER),
                limits,
                limits,
                new ManualClock(T_MS),
                line -> {});
    }

    private static void append(DurableStores stores, int i) {
        SampleBatch batch = new SampleBatch(TENANT, 1);
        batch.add(stores.metrics().series(TENANT, Labels.of("__name__", "m")), T_MS + i, i);
        stores.metrics().append(batch);
        stores.logs()
                .append(
                        TENANT,
                        List.of(
                                new LogEntry(
                                        T_NS + i, Labels.of("s", "a"), "line " + i, Labels.EMPTY)));
        stores.traces().append(TENANT, List.of(TestSpans.span(0, i, "service", T_NS + i)));
    }

    private static List<String> lines(DurableStores stores, long fromNs) {
        List<String> lines = new ArrayList<>();
        stores.logs()
                .select(
                        TENANT,
                        new LogSelection(
                                List.of(), List.of(), fromNs, T_NS + 1_000_000, false, 10_000),
                        entry -> lines.add(entry.line()));
        return lines;
    }

    /// Everything up to `count` is answered, by memory where `fromMs` is the time of the start.
    private static void check(DurableStores stores, int count, long fromMs) {
        List<SeriesSamples> samples =
                stores.metrics()
                        .select(
                                TENANT,
                                List.of(),
                                new TimeRange(fromMs, T_MS + 1_000_000),
                                SelectLimits.DEFAULT);
        assertThat(samples.getFirst().size()).isEqualTo(count);
        assertThat(lines(stores, fromMs * 1_000_000L)).hasSize(count).doesNotHaveDuplicates();
        TraceSelection all =
                new TraceSelection(
                        "service",
                        "",
                        Map.of(),
                        fromMs * 1_000_000L,
                        T_NS + 1_000_000,
                        0,
                        Long.MAX_VALUE,
                        10);
        List<List<Span>> traces = stores.traces().search(TENANT, all);
        assertThat(traces).hasSize(1);
        assertThat(traces.getFirst()).hasSize(count);
        assertThat(stores.traces().services(TENANT)).containsExactly("service");
        assertThat(stores.traces().operations(TENANT, "service")).hasSize(1);
    }

    @Test
    void anEngineThatHasNotStartedIsMadeUpFor() throws IOException {
        Signal limits = Signal.DEFAULT.withPatience(Duration.ofMillis(50));
        Path socket = TestEngine.options(folder.resolve("engine")).socket();
        try (DurableStores stores = open(socket, limits)) {
            for (int i = 0; i < 100; i++) {
                append(stores, i);
            }
            check(stores, 100, T_MS);
            assertThatThrownBy(() -> lines(stores, 0))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().turn()).isEqualTo(Fault.Turn.LATER));
        }
        // What the first run could not flush is found by the second.
        try (DurableStores stores = open(socket, limits)) {
            assertThat(stores.traces().trace(TENANT, "%032x".formatted(1))).hasSize(100);
            try (TestEngine engine = TestEngine.start(folder.resolve("engine"))) {
                assertThat(engine.supervisor.socket()).isEqualTo(socket);
                stores.journal().awaitFlushed(TestEngine.PATIENCE);
                check(stores, 100, T_MS - 1);
            }
        }
    }

    @Test
    void anEngineThatStandsStillIsMadeUpFor() throws IOException, InterruptedException {
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"));
                DurableStores stores = open(engine.supervisor.socket(), Signal.DEFAULT)) {
            append(stores, 0);
            stores.journal().awaitFlushed(TestEngine.PATIENCE);
            long pid = engine.supervisor.status().pid();
            signal("STOP", pid);
            try {
                for (int i = 1; i < 200; i++) {
                    append(stores, i);
                    if (i % 50 == 0) {
                        List<SeriesSamples> samples =
                                stores.metrics()
                                        .select(
                                                TENANT,
                                                List.of(),
                                                new TimeRange(T_MS, T_MS + 1_000),
                                                SelectLimits.DEFAULT);
                        assertThat(samples.getFirst().size()).isEqualTo(i + 1);
                        assertThat(lines(stores, T_NS)).hasSize(i + 1);
                    }
                }
                assertThat(stores.journal().flushed().sequence()).isLessThan(300);
            } finally {
                signal("CONT", pid);
            }
            stores.journal().awaitFlushed(TestEngine.PATIENCE);
            check(stores, 200, T_MS - 1);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(
                        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
    }

    @Test
    void whatWaitsForTheEngineIsBounded() throws IOException {
        Signal tight = Signal.DEFAULT.withTailBytesMax(10_000);
        Path socket = TestEngine.options(folder.resolve("engine")).socket();
        try (DurableStores stores = open(socket, tight)) {
            int[] taken = {0};
            assertThatThrownBy(
                            () -> {
                                for (; taken[0] < 1_000; taken[0]++) {
                                    append(stores, taken[0]);
                                }
                            })
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> {
                                assertThat(e.fault().code()).isEqualTo("unflushed_full");
                                assertThat(e.fault().turn()).isEqualTo(Fault.Turn.LATER);
                            });
            assertThat(taken[0]).isBetween(5, 100);
            assertThat(stores.logs().tailBytes()).isLessThanOrEqualTo(10_000);
            try (TestEngine engine = TestEngine.start(folder.resolve("engine"))) {
                assertThat(engine.supervisor.socket()).isEqualTo(socket);
                stores.journal().awaitFlushed(TestEngine.PATIENCE);
                append(stores, 1_000);
                assertThat(lines(stores, T_NS)).contains("line 0", "line 1000");
            }
        }
    }
}
