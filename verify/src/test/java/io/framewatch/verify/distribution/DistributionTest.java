package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
    }

    @Test
    void servesFromItsFirstReadyAnswerAndEndsOnRequest() throws Exception {
        Process process = start("serve", "--listen", "127.0.0.1:0");
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            Matcher line = ADDRESS.matcher(String.valueOf(out.readLine()));
            assertThat(line.find()).isTrue();
            URI address = URI.create(line.group());
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
