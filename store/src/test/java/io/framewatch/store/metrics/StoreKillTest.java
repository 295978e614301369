package io.framewatch.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.MetricStore;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TestSpans;
import io.framewatch.store.TraceStore;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.embedded.DurableStores;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.tail.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with its engine is killed with SIGKILL while it takes in about 100,000 samples a
/// second, log lines and spans beside them, flushing all the time; its engine dies with it, or is
/// killed before it. Everything it acknowledged must be there afterwards, once.
class StoreKillTest {

    private static final int BATCH = 100;
    private static final int WRITERS = 4;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int ROUNDS = Integer.getInteger("framewatch.kill.rounds", 2);

    @TempDir Path folder;

    @Test
    void nothingAcknowledgedIsLostOrDoubled() throws Exception {
        long seed = Clock.system().nowMs();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<Integer, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            run(acknowledged, round, 200 + random.nextInt(600), round % 2 == 1);
        }
        assertThat(acknowledged).isNotEmpty();
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"));
                DurableStores stores = open(folder, engine)) {
            checkSamples(stores.metrics(), acknowledged);
            checkLines(stores.logs(), acknowledged);
            checkSpans(stores.traces(), acknowledged);
            stores.journal().awaitFlushed(TestEngine.PATIENCE);
            checkRows(engine, "sample_blocks ARRAY JOIN times AS time", "(sample_blocks.id, time)");
            checkRows(engine, "logs", "(stream, ts)");
            checkRows(engine, "spans", "(trace_id, span_id)");
        }
    }

    private static void checkRows(TestEngine engine, String table, String key) {
        String[] counts =
                engine.text(
                                "SELECT count(), uniqExact(%s) FROM framewatch.%s FORMAT TSV"
                                        .formatted(key, table))
                        .strip()
                        .split("\t");
        assertThat(counts[0]).as("rows of " + table + ", and different ones").isEqualTo(counts[1]);
        assertThat(Long.parseLong(counts[0])).isPositive();
    }

    private static void checkSamples(MetricStore store, Map<Integer, Long> acknowledged) {
        Map<Integer, SeriesSamples> found = new HashMap<>();
        for (SeriesSamples samples :
                store.select(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT)) {
            found.put(Integer.valueOf(samples.labels().get("writer")), samples);
        }
        acknowledged.forEach((writer, last) -> {
            if (writer % WRITERS < 2) {
                checkComplete(Objects.requireNonNull(found.get(writer)), last);
            }
        });
    }

    /// Each writer wrote line `i` at nanosecond `i`.
    private static void checkLines(LogStore store, Map<Integer, Long> acknowledged) {
        acknowledged.forEach((writer, last) -> {
            if (writer % WRITERS == 2) {
                List<String> lines = new ArrayList<>();
                LogSelection all =
                        new LogSelection(
                                List.of(Matcher.equal("writer", writer.toString())),
                                List.of(),
                                0,
                                Long.MAX_VALUE,
                                false,
                                Integer.MAX_VALUE);
                store.select(Tenant.DEFAULT, all, entry -> lines.add(entry.line()));
                assertThat(lines.size()).isGreaterThan(last.intValue());
                for (int i = 0; i < lines.size(); i++) {
                    assertThat(lines.get(i)).isEqualTo("line " + i);
                }
            }
        });
    }

    /// Each writer wrote span `i` of a trace of its own.
    private static void checkSpans(TraceStore store, Map<Integer, Long> acknowledged) {
        acknowledged.forEach((writer, last) -> {
            if (writer % WRITERS == 3) {
                List<Span> spans = store.trace(Tenant.DEFAULT, "%032x".formatted(writer + 1));
                assertThat(spans.size()).isGreaterThan(last.intValue());
                for (int i = 0; i < spans.size(); i++) {
                    assertThat(spans.get(i))
                            .isEqualTo(TestSpans.span(writer, i, "s", START_MS * NS_PER_MS + i));
                }
            }
        });
    }

    /// Each writer wrote value `i` at millisecond `i`, so a gap shows.
    private static void checkComplete(SeriesSamples samples, long last) {
        assertThat(samples.size()).isGreaterThan((int) last);
        for (int i = 0; i <= last; i++) {
            assertThat(samples.timestampsMs()[i]).isEqualTo(START_MS + i);
            assertThat(samples.values()[i]).isEqualTo(i);
        }
    }

    private static DurableStores open(Path folder, TestEngine engine) {
        FlushOptions busy =
                new FlushOptions(Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(200));
        return DurableStores.open(
                folder.resolve("store"),
                new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                EngineMetricStoreTest.OPTIONS.withFlush(busy),
                Signal.DEFAULT,
                Signal.DEFAULT,
                new io.framewatch.testkit.ManualClock(START_MS),
                System.err::println);
    }

    /// Runs a server until it has acknowledged `lines` batches, then kills it; if `engineToo`, its
    /// engine was killed half way.
    private void run(Map<Integer, Long> acknowledged, int round, int lines, boolean engineToo)
            throws IOException, InterruptedException {
        TestEngine.library();
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Server.class.getName(),
                                folder.toString(),
                                Integer.toString(round))
                        .redirectError(folder.resolve("server-" + round + ".log").toFile())
                        .start();
        long enginePid = 0;
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] parts = line.split(" ");
                if (parts[0].equals("engine")) {
                    enginePid = Long.parseLong(parts[1]);
                } else if (parts.length == 3) {
                    acknowledged.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
                    seen++;
                }
                if (engineToo && seen == lines / 2) {
                    ProcessHandle.of(enginePid).ifPresent(ProcessHandle::destroyForcibly);
                }
                if (seen == lines) {
                    server.toHandle().destroyForcibly();
                }
            }
        } finally {
            server.toHandle().destroyForcibly();
        }
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        awaitEnd(enginePid);
    }

    private static void awaitEnd(long pid) {
        org.awaitility.Awaitility.await()
                .atMost(TestEngine.PATIENCE)
                .until(() -> ProcessHandle.of(pid).isEmpty());
    }

    /// The server that is killed: each of its writers has a series of its own.
    static final class Server {

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            int round = Integer.parseInt(arguments[1]);
            TestEngine engine = TestEngine.start(folder.resolve("engine"));
            System.out.println("engine " + engine.supervisor.status().pid());
            DurableStores stores = open(folder, engine);
            int first = round * WRITERS;
            List<Thread> writers =
                    List.of(
                            Thread.ofPlatform().start(() -> write(stores.metrics(), first)),
                            Thread.ofPlatform().start(() -> write(stores.metrics(), first + 1)),
                            Thread.ofPlatform().start(() -> lines(stores.logs(), first + 2)),
                            Thread.ofPlatform().start(() -> spans(stores.traces(), first + 3)));
            for (Thread writer : writers) {
                writer.join();
            }
        }

        private static void lines(LogStore store, int writer) {
            Labels stream = Labels.of("writer", Integer.toString(writer));
            for (long i = 0; ; ) {
                List<LogEntry> entries = new ArrayList<>();
                for (int n = 0; n < BATCH; n++, i++) {
                    long timestampNs = START_MS * NS_PER_MS + i;
                    entries.add(new LogEntry(timestampNs, stream, "line " + i, Labels.EMPTY));
                }
                store.append(Tenant.DEFAULT, entries);
                System.out.println(writer + " " + (i - 1) + " .");
            }
        }

        private static void spans(TraceStore store, int writer) {
            for (long i = 0; ; ) {
                List<Span> spans = new ArrayList<>();
                for (int n = 0; n < BATCH; n++, i++) {
                    spans.add(TestSpans.span(writer, i, "s", START_MS * NS_PER_MS + i));
                }
                store.append(Tenant.DEFAULT, spans);
                System.out.println(writer + " " + (i - 1) + " .");
            }
        }

        private static void write(EngineMetricStore store, int writer) {
            Labels labels = Labels.of("__name__", "m", "writer", Integer.toString(writer));
            Series series = store.series(Tenant.DEFAULT, labels);
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 100);
            for (long i = 0; ; ) {
                batch.clear();
                for (int n = 0; n < BATCH; n++, i++) {
                    batch.add(series, START_MS + i, (double) i);
                }
                store.append(batch);
                System.out.println(writer + " " + (i - 1) + " .");
            }
        }
    }
}
