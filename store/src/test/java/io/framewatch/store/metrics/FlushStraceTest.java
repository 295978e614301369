package io.framewatch.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TestSpans;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.NativeBlock;
import io.framewatch.store.clickhouse.Result;
import io.framewatch.store.clickhouse.Sql;
import io.framewatch.store.embedded.DurableStores;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.tail.Signal;
import io.framewatch.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The engine is killed at the first, second, third ... rename, write, sync of a flush, by strace,
/// and every row is counted afterwards. Takes minutes and needs strace: runs when
/// `FRAMEWATCH_CRASH_TESTS` is set.
@EnabledIfEnvironmentVariable(named = "FRAMEWATCH_CRASH_TESTS", matches = ".+")
class FlushStraceTest {

    private static final List<String> CALLS =
            List.of("rename,renameat,renameat2", "fsync,fdatasync", "write,pwrite64", "openat");

    /// Which call of the thread that does the insert.
    private static final List<Integer> WHEN = List.of(1, 2, 3, 5, 8, 12);

    private static final List<String> TABLES =
            List.of(
                    "series",
                    "series_days",
                    "sample_blocks",
                    "streams",
                    "logs",
                    "operations",
                    "spans");

    private static final Set<String> IDENTITIES =
            Set.of("series", "series_days", "streams", "operations");

    private static final Map<String, String> KEYS =
            Map.of(
                    "series", "id",
                    "series_days", "id",
                    "sample_blocks", "(id, ts)",
                    "streams", "stream",
                    "logs", "(stream, ts)",
                    "operations", "service",
                    "spans", "(trace_id, span_id)");

    private static final int SAMPLES = 500;

    @TempDir Path folder;
    private long written;

    @Test
    void theEngineMayDieAtEveryCallOfAFlush() throws Exception {
        FlushOptions calm =
                new FlushOptions(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(300));
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"))) {
            Deadly deadly =
                    new Deadly(
                            new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                            engine);
            try (DurableStores store =
                    DurableStores.open(
                            folder.resolve("store"),
                            deadly,
                            EngineMetricStoreTest.OPTIONS.withFlush(calm),
                            Signal.DEFAULT.withRetentionDays(0),
                            Signal.DEFAULT.withRetentionDays(0),
                            new ManualClock(1_800_000_000_000L),
                            line -> {})) {
                store.journal().awaitFlushed(TestEngine.PATIENCE);
                for (String table : TABLES) {
                    for (String calls : CALLS) {
                        killAtEach(engine, store, deadly, "framewatch." + table, calls);
                    }
                }
            }
        }
    }

    private void killAtEach(
            TestEngine engine, DurableStores store, Deadly deadly, String table, String calls)
            throws InterruptedException {
        int kills = 0;
        for (int when : WHEN) {
            if (!killAt(engine, store, deadly.at(table, calls, when))) {
                break;
            }
            kills++;
        }
        System.out.println(table + ", " + calls + ": killed " + kills + " times, rows exact");
        assertThat(kills).isPositive();
    }

    private boolean killAt(TestEngine engine, DurableStores store, Deadly deadly)
            throws InterruptedException {
        engine.supervisor.awaitReady(TestEngine.PATIENCE);
        long pid = engine.supervisor.status().pid();
        append(store);
        await().atMost(TestEngine.PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    store.journal().awaitFlushed(TestEngine.PATIENCE);
                    return true;
                });
        deadly.detach();
        for (String table : TABLES) {
            // The identities may be told twice in two rows, and are one all the same.
            String key = KEYS.get(table);
            String rows =
                    engine.text(
                            "SELECT %s, uniqExact(%s) FROM framewatch.%s FORMAT TSV"
                                    .formatted(
                                            IDENTITIES.contains(table)
                                                    ? "uniqExact(" + key + ")"
                                                    : "count()",
                                            key,
                                            table));
            assertThat(rows).as(table).isEqualTo("%d\t%d\n".formatted(written, written));
        }
        return engine.supervisor.status().pid() != pid;
    }

    /// Attaches strace to the engine when an insert into a table is about to be sent.
    private static final class Deadly implements ClickHouse {

        private final ClickHouse real;
        private final TestEngine engine;
        private volatile String table = "";
        private volatile String calls = "";
        private volatile int when;
        private volatile @Nullable Process strace;

        Deadly(ClickHouse real, TestEngine engine) {
            this.real = real;
            this.engine = engine;
        }

        Deadly at(String ofTable, String atCalls, int number) {
            calls = atCalls;
            when = number;
            table = ofTable;
            return this;
        }

        void detach() throws InterruptedException {
            Process attached = strace;
            if (attached != null) {
                attached.destroy();
                attached.waitFor(10, TimeUnit.SECONDS);
            }
        }

        @Override
        public void insert(String into, NativeBlock block, String queryId) {
            if (into.equals(table)) {
                table = "";
                try {
                    strace = attach(engine.supervisor.status().pid(), calls, when);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
            real.insert(into, block, queryId);
        }

        @Override
        public boolean stop(String queryId) {
            return real.stop(queryId);
        }

        @Override
        public Result query(Sql sql, Duration timeout) {
            return real.query(sql, timeout);
        }

        @Override
        public void execute(String sql, Duration timeout) {
            real.execute(sql, timeout);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static Process attach(long pid, String calls, int when) throws IOException {
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-o",
                                "/dev/null",
                                "-e",
                                "trace=" + calls,
                                "-e",
                                "inject=" + calls + ":signal=SIGKILL:when=" + when,
                                "-p",
                                Long.toString(pid))
                        .redirectErrorStream(true)
                        .start();
        // It says "attached" once it is.
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(strace.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).contains("attached");
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
        return strace;
    }

    private void append(DurableStores stores) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, SAMPLES);
        List<LogEntry> lines = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            String n = Long.toString(written);
            Labels labels = Labels.of("__name__", "m", "n", n);
            long timestampMs = 1_000_000L + written;
            batch.add(stores.metrics().series(Tenant.DEFAULT, labels), timestampMs, i);
            long timestampNs = timestampMs * 1_000_000L;
            lines.add(new LogEntry(timestampNs, Labels.of("n", n), "line " + n, Labels.EMPTY));
            spans.add(TestSpans.span(written, written, "service-" + n, timestampNs));
            written++;
        }
        stores.metrics().append(batch);
        stores.logs().append(Tenant.DEFAULT, lines);
        stores.traces().append(Tenant.DEFAULT, spans);
    }
}
