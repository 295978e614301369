package io.framewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {

    private TestEngine engine;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        engine = TestEngine.start(folder);
    }

    @AfterAll
    void stop() {
        if (engine != null) { // skipped tests have none
            engine.close();
        }
    }

    @Test
    void answersWithBoundParametersAndSettings() {
        EngineCall call =
                EngineCall.query(
                                "SELECT {n:UInt64} + 1, {s:String}, getSetting('max_threads')"
                                        + " FORMAT TSV",
                                Map.of("n", "41", "s", "it's; DROP"),
                                5_000)
                        .withSettings(Map.of("max_threads", "1"));
        assertThat(engine.text(call)).isEqualTo("42\tit\\'s; DROP\t1\n");
        assertThat(engine.text("SELECT getSetting('max_threads') > 1 FORMAT TSV")).isEqualTo("1\n");
        assertThat(engine.client.ping()).isTrue();
    }

    @Test
    void onlyThisUserMayOpenTheSocket() throws IOException {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(engine.options.socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void insertsBecomeOnePartAndAreCounted() {
        engine.text(
                "CREATE TABLE one (a UInt64, s String) ENGINE = MergeTree ORDER BY a"
                        + " SETTINGS storage_policy = 'tiered'");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            rows.append(i).append("\tline ").append(i).append('\n');
        }
        Summary summary = engine.insert("INSERT INTO one (a, s) FORMAT TSV", rows.toString());
        assertThat(summary.writtenRows()).isEqualTo(300_000);
        assertThat(engine.text("SELECT count(), max(a) FROM one FORMAT TSV"))
                .isEqualTo("300000\t299999\n");
        assertThat(
                        engine.text(
                                "SELECT count() FROM system.parts WHERE table = 'one' AND active"
                                        + " FORMAT TSV"))
                .isEqualTo("1\n");
    }

    @Test
    void aBadInsertStoresNothing() {
        engine.text("CREATE TABLE bad (a UInt64) ENGINE = MergeTree ORDER BY a");
        assertThatThrownBy(() -> engine.insert("INSERT INTO bad (a) FORMAT TSV", "1\n2\nx\n"))
                .isInstanceOf(EngineException.class);
        assertThat(engine.text("SELECT count() FROM bad FORMAT TSV")).isEqualTo("0\n");
        engine.insert("INSERT INTO bad (a) FORMAT TSV", "7\n");
        assertThat(engine.text("SELECT a FROM bad FORMAT TSV")).isEqualTo("7\n");
    }

    @Test
    void errorsKeepTheirCode() {
        assertCode("SELEC 1", EngineException.SYNTAX);
        assertCode("SELECT * FROM nosuch", EngineException.UNKNOWN_TABLE);
        EngineCall slow = EngineCall.query("SELECT sleep(3)", Map.of(), 300);
        assertThatThrownBy(() -> engine.text(slow))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.code()).isEqualTo(EngineException.TIMEOUT));
        assertThat(engine.text("SELECT 1 FORMAT TSV")).isEqualTo("1\n");
    }

    private void assertCode(String sql, int code) {
        assertThatThrownBy(() -> engine.text(sql))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theMemoryLimitTakesEffect() {
        assertCode(
                "SELECT sum(length(a)) FROM (SELECT groupArray(number) a FROM numbers(300000000))",
                EngineException.MEMORY);
        assertThat(engine.text("SELECT 1 FORMAT TSV")).isEqualTo("1\n");
    }

    @Test
    void theCacheLimitTakesEffect() {
        assertThat(
                        engine.text(
                                "SELECT value FROM system.server_settings"
                                        + " WHERE name = 'mark_cache_size' FORMAT TSV"))
                .isEqualTo(TestEngine.CACHE_BYTES / 2 + "\n");
        // Half a million granules of one row: their marks would take far more than the cache may.
        engine.text(
                "CREATE TABLE marks (a UInt64, b UInt64) ENGINE = MergeTree ORDER BY a SETTINGS"
                        + " index_granularity = 1, min_bytes_for_wide_part = 0,"
                        + " compress_marks = 0, prewarm_mark_cache = 0");
        for (int i = 0; i < 2; i++) {
            engine.text("INSERT INTO marks SELECT number, number FROM numbers(250000)");
        }
        engine.text("SELECT sum(a), sum(b) FROM marks FORMAT TSV");
        String bytes =
                engine.text(
                        "SELECT value FROM system.metrics WHERE metric = 'MarkCacheBytes'"
                                + " FORMAT TSV");
        assertThat(Long.parseLong(bytes.strip()))
                .isPositive()
                .isLessThanOrEqualTo(TestEngine.CACHE_BYTES / 2);
    }

    @Test
    void thePolicyTieredHasItsTwoVolumes() {
        assertThat(
                        engine.text(
                                "SELECT volume_name FROM system.storage_policies"
                                        + " WHERE policy_name = 'tiered' FORMAT TSV"))
                .isEqualTo("hot\ncold\n");
        engine.text(
                "CREATE TABLE moved (d Date, a UInt64) ENGINE = MergeTree PARTITION BY d ORDER BY a"
                        + " SETTINGS storage_policy = 'tiered'");
        engine.insert("INSERT INTO moved (d, a) FORMAT TSV", "2020-01-01\t1\n");
        engine.text("ALTER TABLE moved MOVE PARTITION '2020-01-01' TO VOLUME 'cold'");
        assertThat(
                        engine.text(
                                "SELECT disk_name FROM system.parts WHERE table = 'moved' AND active"
                                        + " FORMAT TSV"))
                .isEqualTo("cold\n");
        assertThat(engine.text("SELECT a FROM moved FORMAT TSV")).isEqualTo("1\n");
    }

    @Test
    void aRunningQueryCanBeKilled() throws Exception {
        EngineCall endless =
                EngineCall.query(
                                "SELECT count() FROM numbers(1000000000000)"
                                        + " WHERE NOT ignore(cityHash64(number))",
                                Map.of(),
                                60_000)
                        .withQueryId("to-be-killed");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = threads.submit(() -> engine.text(endless));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        engine.client.kill("to-be-killed");
                        return running.isDone();
                    });
            assertThatThrownBy(running::get)
                    .hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("394");
        }
    }

    @Test
    void longResultsAreStreamed() {
        try (EngineReply reply =
                engine.client.send(
                        EngineCall.query(
                                "SELECT number FROM numbers(20000000) FORMAT RowBinary",
                                Map.of(),
                                30_000))) {
            ByteBuffer piece = ByteBuffer.allocate(256 << 10);
            long bytes = 0;
            while (reply.read(piece) >= 0) {
                bytes += piece.position();
                piece.clear();
            }
            assertThat(bytes).isEqualTo(160_000_000L);
            // The engine reports progress now and then, not to the last row.
            assertThat(reply.summary().readRows()).isBetween(10_000_000L, 20_000_000L);
        }
    }

    @Test
    void aFailureAfterTheFirstByteIsTold() {
        EngineCall late =
                EngineCall.query(
                                "SELECT throwIf(number = 9000000) FROM numbers(10000000)"
                                        + " FORMAT RowBinary",
                                Map.of(),
                                30_000)
                        .withSettings(Map.of("max_block_size", "65536", "max_threads", "1"));
        try (EngineReply reply = engine.client.send(late)) {
            assertThatThrownBy(() -> TestEngine.readAll(reply))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(395));
        }
        assertThat(engine.text("SELECT 1 FORMAT TSV")).isEqualTo("1\n");
    }

    @Test
    void moreCallsThanConnectionsTakeTurns() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String sql = "SELECT " + i + ", count() FROM numbers(100000) FORMAT TSV";
                answers.add(threads.submit(() -> engine.text(sql)));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i + "\t100000\n");
            }
        }
    }

    @Test
    void withoutAnEngineTheTurnIsLater(@TempDir Path folder) {
        try (EngineClient nobody = new EngineClient(folder.resolve("nobody.sock"), 1)) {
            assertThat(nobody.ping()).isFalse();
            assertThatThrownBy(() ->
                            nobody.send(EngineCall.query("SELECT 1", Map.of(), 1_000)).close())
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("engine_gone"));
        }
    }
}
