package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts the distribution, asks it, and ends it. Skipped where nothing was packaged.
@Tag("slow")
final class DistributionTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @TempDir Path folder = Path.of("");

    private static Path jar() {
        Path root = Path.of(System.getProperty("framewatch.root", "..")).toAbsolutePath();
        return root.resolve("server/target/framewatch/lib/framewatch-server.jar");
    }

    private Process start(String... arguments) throws Exception {
        assumeTrue(Files.exists(jar()), "server/target/framewatch is not packaged");
        return command(arguments).redirectError(folder.resolve("log").toFile()).start();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Xmx256m",
                                "-jar",
                                jar().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    @Test
    void servesFromItsFirstReadyAnswerAndEndsOnRequest() throws Exception {
        inMemory();
        Process process = start("serve", "--listen", "127.0.0.1:0");
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            URI address = address(out);
            assertThat(get(http, address.resolve("/-/ready"))).isEqualTo("Framewatch is ready.\n");
            assertThat(get(http, address.resolve("/api/v1/query?query=1%2B1")))
                    .contains("\"resultType\":\"scalar\"");
            assertThat(get(http, address.resolve("/api/now"))).contains("\"mode\":\"serve\"");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(get(http, address.resolve("/api/v1/query?query=up")))
                                    .contains("\"job\":\"framewatch\""));
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void inMemory() throws IOException {
        Files.writeString(folder.resolve("framewatch.yml"), "store: {durable: false}\n");
    }

    private static URI address(BufferedReader out) throws IOException {
        Matcher line = ADDRESS.matcher(String.valueOf(out.readLine()));
        assertThat(line.find()).isTrue();
        return URI.create(line.group());
    }

    /// The server is killed, not stopped; what it had acknowledged is answered after the restart.
    @Test
    void whatWasAcknowledgedOutlivesTheProcess() throws Exception {
        assumeTrue(
                EngineLibrary.ofUser().find().isPresent(),
                "libchdb is not in the cache: run framewatch once");
        long now = Clock.system().nowMs() / 1000 * 1000;
        Pushes pushes = new Pushes(now);
        List<ProcessHandle> left;
        Process first = start("serve", "--listen", "127.0.0.1:0");
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = first.inputReader()) {
            pushes.push(http, address(out));
            Awaitility.await().until(() -> first.descendants().findAny().isPresent());
            left = first.descendants().toList();
            first.toHandle().destroyForcibly();
            assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            first.destroyForcibly();
        }
        Awaitility.await().untilAsserted(() -> assertThat(left).noneMatch(ProcessHandle::isAlive));
        Process second = start("serve", "--listen", "127.0.0.1:0");
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = second.inputReader()) {
            URI address = address(out);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> pushes.check(http, address));
            List<ProcessHandle> children = second.descendants().toList();
            second.destroy();
            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        } finally {
            second.destroyForcibly();
        }
    }

    @Test
    void withoutTheEngineItSaysHowToDoWithoutIt() throws Exception {
        assumeTrue(Files.exists(jar()), "server/target/framewatch is not packaged");
        ProcessBuilder serve = command("serve", "--listen", "127.0.0.1:0");
        // An empty cache, and no npm to fill it with.
        serve.environment().put("FRAMEWATCH_CACHE", folder.resolve("cache").toString());
        serve.environment().put("PATH", folder.toString());
        Process process = serve.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        assertThat(text)
                .contains("178 MB over the network, 566 MB in")
                .contains("store.durable: false");
    }

    /// One round with one fault. While it runs, a broken segment is followed from the page's data
    /// to its trace and its lines; at its end the fault was seen, alerted and recovered.
    @Test
    void theDemoTracesABrokenSegmentFromCaptureToDelivery() throws Exception {
        assumeTrue(SegmentTrail.hasFfmpeg(), "needs ffmpeg: apt install ffmpeg");
        Process process =
                start("demo", "--once", "--faults", "black", "--in-memory", "--port", "0");
        StringBuilder said = new StringBuilder();
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            URI address = SegmentTrail.address(out, said, ADDRESS);
            Thread.ofVirtual().start(() -> SegmentTrail.readOn(out, said));
            new SegmentTrail(http, address).follow("black");
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said::toString).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void tellsItsVersion() throws Exception {
        Process process = start("version");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(text).startsWith("framewatch ").contains("Java 25");
    }

    private static String get(HttpClient http, URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
