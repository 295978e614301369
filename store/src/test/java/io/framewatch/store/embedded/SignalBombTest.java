package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Wide reads of lines and spans, eight at a time, on an engine with little memory: each is
/// answered wholly or ends with a clear fault, and small reads go on meanwhile.
@Timeout(180)
final class SignalBombTest {

    private static final long BASE_MS = 1_800_000_000_000L;
    private static final long BASE_NS = BASE_MS * 1_000_000L;
    private static final int ROWS = 120_000;
    private static final int BATCH = 10_000;
    private static final Set<String> ENDS =
            Set.of("query_limit", "query_timeout", "query_memory", "engine_busy");

    @TempDir private Path folder;
    private TestEngine engine;
    private DurableStores stores;

    @BeforeEach
    void load() throws IOException {
        engine = TestEngine.start(folder.resolve("engine"));
        stores =
                DurableStores.open(
                        folder.resolve("stores"),
                        new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                        EngineStoreOptions.DEFAULT
                                .withFlush(
                                        new FlushOptions(
                                                Duration.ofHours(1),
                                                Duration.ZERO,
                                                Duration.ofSeconds(1)))
                                .withRetention(Retention.FOR_EVER),
                        Signal.DEFAULT,
                        Signal.DEFAULT,
                        new ManualClock(BASE_MS + 3_600_000),
                        line -> {});
        for (int from = 0; from < ROWS; from += BATCH) {
            List<LogEntry> lines = new ArrayList<>(BATCH);
            List<Span> spans = new ArrayList<>(BATCH);
            for (int i = from; i < from + BATCH; i++) {
                lines.add(line(i));
                spans.add(span(i));
            }
            stores.logs().append(Tenant.DEFAULT, lines);
            stores.traces().append(Tenant.DEFAULT, spans);
            stores.journal().awaitFlushed(TestEngine.PATIENCE);
        }
    }

    /// One every 10 ms, of 400 bytes.
    private static LogEntry line(int i) {
        String text = "frame " + i + " of segment " + i / 60 + " " + "z".repeat(370);
        Labels stream = Labels.of("camera", "c" + i % 50);
        return new LogEntry(BASE_NS + i * 10_000_000L, stream, text, Labels.EMPTY);
    }

    /// One every 10 ms, twenty to a trace.
    private static Span span(int i) {
        long startNs = BASE_NS + i * 10_000_000L;
        return new Span(
                "%032x".formatted(i / 20 + 1),
                "%016x".formatted(i + 1),
                "",
                "",
                "service-" + i % 5,
                "encode",
                Span.Kind.INTERNAL,
                startNs,
                startNs + 1_000,
                Span.Status.OK,
                "",
                Map.of("n", new AttributeValue.Text("value " + i + "y".repeat(100))),
                Map.of("site", new AttributeValue.Text("north")),
                "scope",
                List.of(),
                List.of());
    }

    @AfterEach
    void close() {
        if (stores != null) {
            stores.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private int lines(List<LogSelection.LineFilter> filters, boolean newestFirst, int linesMax) {
        int[] count = {0};
        LogSelection all =
                new LogSelection(
                        List.of(), filters, 0, 2 * BASE_NS, newestFirst, Integer.MAX_VALUE);
        stores.logs()
                .select(
                        Tenant.DEFAULT,
                        all,
                        _ -> {
                            count[0]++;
                            return count[0] < linesMax;
                        });
        return count[0];
    }

    private int traces(Map<String, String> attributes, int tracesMax) {
        TraceSelection all =
                new TraceSelection(
                        "", "", attributes, 0, 2 * BASE_NS, 0, Long.MAX_VALUE, tracesMax);
        return stores.traces().search(Tenant.DEFAULT, all).size();
    }

    /// A read made to hurt.
    ///
    /// @param rows what it comes to where it is answered
    private record Bomb(Callable<Integer> read, int rows) {}

    private List<Bomb> bombs() {
        Pattern slow = Pattern.compile("(z?z?z*)*(.*)(.*)7 of segment");
        LogSelection.LineFilter pattern = new LogSelection.LineFilter.Matches(slow, false);
        LogSelection.LineFilter nowhere = new LogSelection.LineFilter.Contains("nowhere", false);
        return List.of(
                new Bomb(() -> lines(List.of(), false, Integer.MAX_VALUE), ROWS),
                new Bomb(() -> lines(List.of(), true, Integer.MAX_VALUE), ROWS),
                new Bomb(() -> lines(List.of(pattern), true, Integer.MAX_VALUE), ROWS / 10),
                new Bomb(() -> lines(List.of(nowhere), true, Integer.MAX_VALUE), 0),
                new Bomb(() -> traces(Map.of(), 1_500), 1_500),
                new Bomb(() -> traces(Map.of("site", "north"), 1_500), 1_500),
                new Bomb(() -> traces(Map.of("n", "nowhere"), 1_500), 0),
                new Bomb(() -> traces(Map.of(), 20_000), ROWS / 20));
    }

    @Test
    void smallReadsGoOnAmongEightBombs() throws Exception {
        int answered = 0;
        List<Bomb> bombs = bombs();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> reads = new ArrayList<>();
            for (Bomb bomb : bombs) {
                reads.add(threads.submit(() -> read(bomb)));
            }
            while (reads.stream().anyMatch(read -> !read.isDone())) {
                assertThat(lines(List.of(), true, 10)).isEqualTo(10);
                assertThat(stores.traces().trace(Tenant.DEFAULT, "%032x".formatted(9))).hasSize(20);
                answered++;
            }
            for (int i = 0; i < bombs.size(); i++) {
                assertThat(reads.get(i).get()).isIn(bombs.get(i).rows(), -1);
            }
        }
        assertThat(answered).isPositive();
        assertThat(lines(List.of(), true, 10)).isEqualTo(10);
    }

    /// What a bomb came to, -1 for a fault that says so.
    private static int read(Bomb bomb) throws Exception {
        try {
            return bomb.read().call();
        } catch (FaultException end) {
            assertThat(end.fault().code()).isIn(ENDS);
            return -1;
        }
    }
}
