package io.framewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.EngineStatus.State;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine's process is killed, refused its folder, orphaned; this process goes on.
class EngineCrashTest {

    @TempDir Path folder;

    @Test
    void aKilledEngineIsStartedAgainWithItsData() throws IOException {
        try (TestEngine engine = TestEngine.start(folder)) {
            engine.text("CREATE TABLE kept (a UInt64) ENGINE = MergeTree ORDER BY a");
            engine.insert("INSERT INTO kept (a) FORMAT TSV", "1\n2\n3\n");
            long pid = engine.supervisor.status().pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(TestEngine.PATIENCE)
                    .until(() -> engine.supervisor.status().state() != State.READY);
            engine.supervisor.awaitReady(TestEngine.PATIENCE);
            assertThat(engine.supervisor.status().pid()).isNotEqualTo(pid);
            assertThat(engine.supervisor.status().restarts()).isEqualTo(1);
            assertThat(engine.text("SELECT sum(a) FROM kept FORMAT TSV")).isEqualTo("6\n");
            secondProcessIsRefused(engine);
        }
    }

    private static void secondProcessIsRefused(TestEngine engine) {
        EngineOptions own = engine.options;
        EngineOptions second =
                new EngineOptions(
                        own.library(),
                        own.data(),
                        own.cold(),
                        own.socket().resolveSibling("second.sock"),
                        own.memoryBytesMax(),
                        own.cacheBytesMax(),
                        1);
        CopyOnWriteArrayList<String> log = new CopyOnWriteArrayList<>();
        try (EngineSupervisor refused = EngineSupervisor.start(second, Clock.system(), log::add)) {
            assertThatThrownBy(() -> refused.awaitReady(Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("engine_not_ready"));
            await().atMost(TestEngine.PATIENCE)
                    .until(() -> log.stream().anyMatch(line -> line.contains("refuses")));
        }
        assertThat(engine.text("SELECT sum(a) FROM kept FORMAT TSV")).isEqualTo("6\n");
    }

    @Test
    void theEngineEndsWhenItsParentIsKilled() throws Exception {
        TestEngine.library();
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            long child = Long.parseLong(lines.readLine());
            ProcessHandle engine = ProcessHandle.of(child).orElseThrow();
            assertThat(engine.isAlive()).isTrue();
            parent.toHandle().destroyForcibly();
            await().atMost(Duration.ofSeconds(10)).until(() -> !engine.isAlive());
        } finally {
            parent.toHandle().destroyForcibly();
        }
    }

    /// The process that is killed: starts an engine and prints its process id.
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            TestEngine engine = TestEngine.start(Path.of(arguments[0]));
            System.out.println(engine.supervisor.status().pid());
            Thread.currentThread().join();
        }
    }
}
