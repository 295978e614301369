package io.framewatch.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.NativeBlock;
import io.framewatch.store.clickhouse.Result;
import io.framewatch.store.clickhouse.Sql;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            try (EngineMetricStore store =
                    EngineMetricStore.open(
                            folder.resolve("store"),
                            deadly,
                            EngineMetricStoreTest.OPTIONS.withFlush(calm),
                            new ManualClock(1_800_000_000_000L),
                            line -> {})) {
                store.flush();
                for (String table : List.of("series", "series_days", "samples")) {
                    for (String calls : CALLS) {
                        killAtEach(engine, store, deadly, "framewatch." + table, calls);
                    }
                }
            }
        }
    }

    private void killAtEach(
            TestEngine engine, EngineMetricStore store, Deadly deadly, String table, String calls)
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

    private boolean killAt(TestEngine engine, EngineMetricStore store, Deadly deadly)
            throws InterruptedException {
        engine.supervisor.awaitReady(TestEngine.PATIENCE);
        long pid = engine.supervisor.status().pid();
        append(store);
        await().atMost(TestEngine.PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    store.flush();
                    return true;
                });
        deadly.detach();
        String rows =
                engine.text(
                        "SELECT count(), uniqExact((id, ts)), (SELECT uniqExact(id) FROM"
                                + " framewatch.series), (SELECT uniqExact(id) FROM"
                                + " framewatch.series_days) FROM framewatch.samples FORMAT TSV");
        assertThat(rows)
                .isEqualTo("%d\t%d\t%d\t%d\n".formatted(written, written, written, written));
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
        public void execute(String sql) {
            real.execute(sql);
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

    private void append(EngineMetricStore store) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            Labels labels = Labels.of("__name__", "m", "n", Long.toString(written));
            batch.add(store.series(Tenant.DEFAULT, labels), 1_000_000L + written, i);
            written++;
        }
        store.append(batch);
    }
}
