package io.framewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JVM uses signals for null pointers and stack overflows; so does the library unless told not
/// to. A process of its own throws both by the thousand while it queries: it must live.
class EngineSignalTest {

    @TempDir Path folder;

    @Test
    void nullPointersAndStackOverflowsDoNotHarmAProcessWithTheLibrary() throws Exception {
        Path library = TestEngine.library();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx96m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Torture.class.getName(),
                                library.toString(),
                                folder.resolve("data").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("hangs").isTrue();
            assertThat(folder.resolve("out")).content().contains("survived");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Queries on one thread, null pointers on two, stack overflows on another, for four seconds.
    static final class Torture {

        private static final long NANOS = TimeUnit.SECONDS.toNanos(4);
        private static final AtomicLong NULLS = new AtomicLong();
        private static final AtomicLong OVERFLOWS = new AtomicLong();

        private Torture() {}

        public static void main(String[] arguments) throws Exception {
            List<String> engine = List.of("clickhouse", "--path=" + arguments[1]);
            LibChdb library = LibChdb.load(Path.of(arguments[0]));
            EngineConnection connection =
                    Objects.requireNonNull(
                            EngineConnection.open(library, engine, "torture"), "refused");
            Clock clock = Clock.system();
            long until = clock.nanoTime() + NANOS;
            List<Thread> storms =
                    List.of(
                            storm(clock, until, () -> length(null), NULLS),
                            storm(clock, until, () -> length(null), NULLS),
                            storm(clock, until, () -> deeper(1), OVERFLOWS));
            long queries = 0;
            while (clock.nanoTime() < until) {
                connection.run(
                        "SELECT sum(cityHash64(number)) FROM numbers(100000) SETTINGS max_threads=2");
                queries++;
            }
            for (Thread one : storms) {
                one.join();
            }
            if (NULLS.get() > 10_000 && OVERFLOWS.get() > 10 && queries > 10) {
                System.out.println("survived");
            }
            System.out.println(queries + " queries, " + NULLS + " nulls, " + OVERFLOWS + " deep");
            Runtime.getRuntime().halt(0);
        }

        private static Thread storm(Clock clock, long until, Runnable work, AtomicLong count) {
            return Thread.ofPlatform()
                    .start(() -> {
                        while (clock.nanoTime() < until) {
                            try {
                                work.run();
                            } catch (NullPointerException | StackOverflowError expected) {
                                count.incrementAndGet();
                            }
                        }
                    });
        }

        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // the null pointer is the point
        private static int length(@Nullable String text) {
            return text.length();
        }

        @SuppressWarnings("InfiniteRecursion") // the overflow is the point
        private static int deeper(int depth) {
            return deeper(depth + 1) + 1;
        }
    }
}
