package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.TestEngine;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.DiskUsage;
import io.framewatch.store.clickhouse.RemoteClickHouse;
import io.framewatch.store.clickhouse.RemoteServer;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.clickhouse.SocketBridge;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.metrics.EngineStoreOptions;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Durable stores on an engine that is reached over TCP, as a ClickHouse server is; what the tables
/// keep, and what goes when the disk is short.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteStoreTest {

    private static final long DAY_MS = 86_400_000L;
    private static final long NOW_MS = 1_800_000_000_000L;

    private static final EngineStoreOptions OPTIONS =
            EngineStoreOptions.DEFAULT.withFlush(
                    new FlushOptions(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(100)));

    private Path folder = Path.of("");
    private TestEngine engine;
    private SocketBridge bridge;
    private int stores;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        engine = TestEngine.start(temporary.resolve("engine"));
        bridge = SocketBridge.to(engine.supervisor.socket());
    }

    @AfterAll
    void stop() throws IOException {
        if (engine != null) { // skipped tests have none
            bridge.close();
            engine.close();
        }
    }

    private ClickHouse client() throws IOException {
        return new RemoteClickHouse(new RemoteServer(bridge.url(), "default", "", null, 8));
    }

    private DurableStores open(EngineStoreOptions options, DiskLimits limits) throws IOException {
        return DurableStores.open(
                folder.resolve("store-" + ++stores),
                client(),
                options,
                limits,
                new ManualClock(NOW_MS),
                System.out::println);
    }

    private static void append(DurableStores store, long... timestampsMs) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, timestampsMs.length);
        for (long ms : timestampsMs) {
            batch.add(
                    store.metrics().series(Tenant.DEFAULT, Labels.of("__name__", "m")),
                    ms,
                    (double) ms);
        }
        assertThat(store.metrics().append(batch).stored()).isEqualTo(timestampsMs.length);
    }

    private static List<Long> times(DurableStores store) {
        List<Long> times = new ArrayList<>();
        for (SeriesSamples found :
                store.metrics()
                        .select(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT)) {
            for (int i = 0; i < found.size(); i++) {
                times.add(found.timestampsMs()[i]);
            }
        }
        return times;
    }

    @Test
    void samplesGoThroughAServerAndSurviveBrokenConnections() throws IOException {
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (DurableStores store =
                open(OPTIONS.withRetention(Retention.FOR_EVER), DiskLimits.DEFAULT)) {
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                append(store, NOW_MS + i);
                expected.add(NOW_MS + i);
                if (i % 5 == 0) {
                    bridge.cut();
                }
            }
            await().until(() -> store.status().flushLagRecords() == 0);
            assertThat(times(store)).isEqualTo(expected);
            // The window is read back beside this, which is a call too.
            await().until(() -> store.status().calls().running() == 0);
            StoreStatus status = store.status();
            assertThat(status.calls().inserts()).isPositive();
            assertThat(status.flush().rows()).isPositive();
            assertThat(status.flushLagMs()).isZero();
            assertThat(status.hot().series()).isEqualTo(1);
            assertThat(status.wal().records()).isGreaterThanOrEqualTo(20);
        }
        try (DurableStores again =
                open(OPTIONS.withRetention(Retention.FOR_EVER), DiskLimits.DEFAULT)) {
            await().until(() -> !again.metrics().tenants().isEmpty());
        }
    }

    @Test
    void aRetentionConfiguredAnewReachesTheTables() throws IOException {
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        String ttl =
                "SELECT extract(engine_full, 'TTL .*? SETTINGS') FROM system.tables"
                        + " WHERE database = 'framewatch' AND name = 'sample_blocks'";
        for (Retention retention :
                List.of(new Retention(15, 90), new Retention(3, 30), new Retention(0, 7))) {
            try (DurableStores store = open(OPTIONS.withRetention(retention), DiskLimits.DEFAULT)) {
                append(store, NOW_MS);
                store.journal().awaitFlushed(TestEngine.PATIENCE);
            }
            String told = engine.text(ttl);
            assertThat(told).contains("toIntervalDay(" + retention.days() + ")");
            assertThat(told.contains("TO VOLUME")).isEqualTo(retention.hotDays() > 0);
        }
        try (DurableStores store =
                open(OPTIONS.withRetention(Retention.FOR_EVER), DiskLimits.DEFAULT)) {
            append(store, NOW_MS);
            store.journal().awaitFlushed(TestEngine.PATIENCE);
        }
        assertThat(engine.text(ttl)).doesNotContain("toIntervalDay");
    }

    @Test
    void theOldestDaysGoWhenTheDiskIsShortAndTodayStays() throws IOException {
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        long[] free = {Long.MAX_VALUE};
        List<String> lines = new ArrayList<>();
        try (DurableStores store =
                        open(OPTIONS.withRetention(Retention.FOR_EVER), DiskLimits.DEFAULT);
                ClickHouse client = client();
                DiskGuard guard =
                        new DiskGuard(
                                client,
                                new DiskLimits(0, 1_000_000_000_000L),
                                () -> free[0],
                                new ManualClock(NOW_MS),
                                lines::add)) {
            append(store, NOW_MS - 2 * DAY_MS, NOW_MS - DAY_MS, NOW_MS);
            store.journal().awaitFlushed(TestEngine.PATIENCE);
            guard.check();
            assertThat(times(store)).hasSize(3);
            assertThat(DiskUsage.byDay(client)).hasSize(3);
            // Two days' bytes are missing to the trillion.
            long bytes =
                    DiskUsage.byDay(client).values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElseThrow();
            free[0] = 1_000_000_000_000L - DiskUsage.endingBytes(client) - bytes / 2;
            guard.check();
            assertThat(times(store)).containsExactly(NOW_MS - DAY_MS, NOW_MS);
            free[0] = 0;
            guard.check();
            assertThat(times(store)).containsExactly(NOW_MS);
            assertThat(guard.status().droppedDays()).isEqualTo(2);
            assertThat(lines.getLast()).contains("only the data of today");
        }
    }
}
