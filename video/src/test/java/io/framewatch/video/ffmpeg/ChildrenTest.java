package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.FaultException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No child outlives the program that started it, however that ends. Each case runs
/// [ChildrenTestProgram] as a program of its own and ends it.
@Timeout(60)
final class ChildrenTest {

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
    }

    @ParameterizedTest
    @CsvSource({"true,KILL", "true,TERM", "true,OOM", "true,INT", "false,KILL", "false,TERM"})
    void noChildOutlivesTheProgram(boolean setpriv, String end) throws Exception {
        Process program = start(setpriv, end);
        List<Long> children = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).as("the program's first words").startsWith("children ");
            for (String pid : line.substring("children ".length()).split(" ", -1)) {
                children.add(Long.parseLong(pid));
            }
            assertThat(children).hasSize(2).allMatch(ChildrenTest::runs);
            assertThat(ProcessState.of(children.get(1)).isStopped()).isTrue();
            end(program, end);
        }
        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(children).noneMatch(ChildrenTest::runs));
    }

    private static Process start(boolean setpriv, String end) throws Exception {
        // Where tests run in the background, SIGINT is ignored and would stay so in the program.
        return new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildrenTestProgram.class.getName(),
                        Boolean.toString(setpriv),
                        end)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void end(Process program, String how) throws Exception {
        switch (how) {
            case "KILL" -> ProcessSignal.KILL.send(program.pid());
            case "TERM" -> ProcessSignal.TERM.send(program.pid());
            case "INT" -> new ProcessBuilder("kill", "-INT", "" + program.pid()).start().waitFor();
            case "OOM" -> program.getOutputStream().close();
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static boolean runs(long pid) {
        char letter = ProcessState.of(pid).letter();
        return letter != '-' && letter != 'Z';
    }

    @Test
    void theProcessIdIsTheChildsOwn() {
        Children children = new Children();
        Process process;
        try (children) {
            process = children.start(new ProcessBuilder("sleep", "600"));
            Path name = Path.of("/proc", Long.toString(process.pid()), "comm");
            await().untilAsserted(() -> assertThat(Files.readString(name)).isEqualTo("sleep\n"));
            assertThat(children.count()).isEqualTo(1);
        }
        assertThat(process.isAlive()).isFalse();
        assertThatThrownBy(() -> children.start(new ProcessBuilder("sleep", "600")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("ending");
    }
}
