package io.framewatch.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.flush.FlushOptions;
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
/// second, flushing all the time; its engine dies with it, or is killed before it. Every sample it
/// acknowledged must be there afterwards, once.
class StoreKillTest {

    private static final int BATCH = 100;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int ROUNDS = Integer.getInteger("framewatch.kill.rounds", 2);

    @TempDir Path folder;

    @Test
    void noAcknowledgedSampleIsLostOrDoubled() throws Exception {
        long seed = Clock.system().nowMs();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<Integer, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            run(acknowledged, round, 200 + random.nextInt(600), round % 2 == 1);
        }
        try (TestEngine engine = TestEngine.start(folder.resolve("engine"));
                EngineMetricStore store = open(folder, engine)) {
            Map<Integer, SeriesSamples> found = new HashMap<>();
            List<SeriesSamples> all =
                    store.select(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT);
            for (SeriesSamples samples : all) {
                found.put(Integer.valueOf(samples.labels().get("writer")), samples);
            }
            String[] counts =
                    engine.text(
                                    "SELECT count(), uniqExact((id, ts)) FROM framewatch.samples"
                                            + " FORMAT TSV")
                            .strip()
                            .split("\t");
            assertThat(counts[0]).as("rows, and different ones").isEqualTo(counts[1]);
            assertThat(acknowledged).isNotEmpty();
            acknowledged.forEach((writer, last) ->
                    checkComplete(Objects.requireNonNull(found.get(writer)), last));
        }
    }

    /// Each writer wrote value `i` at millisecond `i`, so a gap shows.
    private static void checkComplete(SeriesSamples samples, long last) {
        assertThat(samples.size()).isGreaterThan((int) last);
        for (int i = 0; i <= last; i++) {
            assertThat(samples.timestampsMs()[i]).isEqualTo(START_MS + i);
            assertThat(samples.values()[i]).isEqualTo(i);
        }
    }

    private static EngineMetricStore open(Path folder, TestEngine engine) {
        FlushOptions busy =
                new FlushOptions(Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(200));
        return EngineMetricStore.open(
                folder.resolve("store"),
                new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                EngineMetricStoreTest.OPTIONS.withFlush(busy),
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
            EngineMetricStore store = open(folder, engine);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = round * 4 + i;
                writers.add(Thread.ofPlatform().start(() -> write(store, writer)));
            }
            for (Thread writer : writers) {
                writer.join();
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
