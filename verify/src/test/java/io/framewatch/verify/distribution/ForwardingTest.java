package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.Clock;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two of the distribution: what one at a site takes, it sends on to the one at headquarters, by
/// OTLP over gRPC. Skipped where nothing was packaged.
@Tag("slow")
final class ForwardingTest {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern GRPC = Pattern.compile("gRPC: (127\\.0\\.0\\.1:\\d+)");

    @TempDir Path folder = Path.of("");

    private static Path jar() {
        Path root = Path.of(System.getProperty("framewatch.root", "..")).toAbsolutePath();
        return root.resolve("server/target/framewatch/lib/framewatch-server.jar");
    }

    private Process serve(String name, String more) throws Exception {
        assumeTrue(Files.exists(jar()), "server/target/framewatch is not packaged");
        Path own = Files.createDirectories(folder.resolve(name));
        String common =
                """
                listen: {address: '127.0.0.1:0', grpc: '127.0.0.1:0'}
                host: {enabled: false}
                store: {durable: false}
                """;
        Files.writeString(own.resolve("framewatch.yml"), common + more);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-jar",
                        jar().toString(),
                        "serve")
                .directory(own.toFile())
                .redirectError(own.resolve("log").toFile())
                .start();
    }

    private static String told(BufferedReader out, Pattern wanted) throws Exception {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = wanted.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("it never told " + wanted);
    }

    private static String get(HttpClient http, URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void whatASiteTakesArrivesAtHeadquarters() throws Exception {
        Process headquarters = serve("headquarters", "");
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = headquarters.inputReader()) {
            URI address = URI.create(told(out, ADDRESS));
            String remote = "{name: hq, protocol: grpc, url: 'http://" + told(out, GRPC) + "'}";
            Process site = serve("site", "forward: {otlp: [" + remote + "]}\n");
            try (BufferedReader near = site.inputReader()) {
                URI siteAddress = URI.create(told(near, ADDRESS));
                Pushes pushes = new Pushes(Clock.system().nowMs() / 1000 * 1000);
                pushes.push(http, siteAddress);
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() -> pushes.checkForwarded(http, address));
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .untilAsserted(() ->
                                assertThat(get(http, siteAddress.resolve("/metrics")))
                                        .containsPattern(
                                                "framewatch_forward_sent_total\\{remote=\"hq\",signal=\"traces\"} [1-9]"));
            } finally {
                site.destroyForcibly();
            }
        } finally {
            headquarters.destroyForcibly();
        }
    }
}
