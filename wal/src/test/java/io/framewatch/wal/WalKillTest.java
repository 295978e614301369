package io.framewatch.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with SIGKILL while eight threads append; every record it was told to be safe
/// must be there afterwards.
class WalKillTest {

    private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;

    @TempDir Path folder;

    @Test
    void everyAcknowledgedRecordSurvivesAKill() throws Exception {
        for (int round = 0; round < 2; round++) {
            Map<Long, String> acknowledged = runAndKill();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
            try (Wal wal = Wal.open(folder, Writer.OPTIONS, Clock.system())) {
                Map<Long, String> found = new HashMap<>();
                List<WalDamage> damages = new ArrayList<>();
                wal.replay(
                        1,
                        new WalVisitor() {
                            @Override
                            public void record(long sequence, int type, ByteBuffer payload) {
                                found.put(
                                        sequence,
                                        StandardCharsets.UTF_8.decode(payload).toString());
                            }

                            @Override
                            public void damaged(WalDamage damage) {
                                damages.add(damage);
                            }
                        });
                assertThat(damages).isEmpty();
                assertThat(found).containsAllEntriesOf(acknowledged);
            }
        }
    }

    private Map<Long, String> runAndKill() throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Map<Long, String> acknowledged = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2 && parts[1].endsWith(".")) {
                    acknowledged.put(Long.valueOf(parts[0]), parts[1]);
                }
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    // Through its handle: Process.destroyForcibly would close the pipe we read.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    /// The process that is killed: appends until then and prints each number it was given.
    static final class Writer {

        static final WalOptions OPTIONS =
                new WalOptions(64 << 10, 1 << 30, 1024, 16 << 10, 64 << 10);

        private Writer() {}

        public static void main(String[] arguments) {
            Wal wal = Wal.open(Path.of(arguments[0]), OPTIONS, Clock.system());
            for (int thread = 0; thread < 8; thread++) {
                String name = "writer-" + thread;
                Thread.ofPlatform().start(() -> write(wal, name));
            }
        }

        private static void write(Wal wal, String name) {
            for (int i = 0; ; i++) {
                String text = name + " wrote " + i + ".";
                long number = wal.append(1, WalTest.bytes(text));
                System.out.println(number + " " + text);
            }
        }
    }
}
