package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.framewatch.testkit.Conformance;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution with configurations of Prometheus that are in use, as they are. Their hosts are
/// loopback addresses: the JDK takes a file of hosts in place of DNS (`jdk.net.hosts.file`).
/// Skipped where nothing was packaged.
@Tag("slow")
final class ExistingPrometheusTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern TARGET = Pattern.compile("'?([a-z][a-z0-9-]+):(\\d{4})'?");

    @TempDir Path folder = Path.of("");
    private final List<HttpServer> servers = new ArrayList<>();
    private final Set<String> paths = new ConcurrentSkipListSet<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private static Path jar() {
        Path root = Path.of(System.getProperty("framewatch.root", "..")).toAbsolutePath();
        return root.resolve("server/target/framewatch/lib/framewatch-server.jar");
    }

    private Process serve(Path configuration, Map<String, String> hosts) throws Exception {
        assumeTrue(Files.exists(jar()), "server/target/framewatch is not packaged");
        StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
        hosts.forEach((name, address) -> lines.append(address + " " + name + "\n"));
        Path file = Files.writeString(folder.resolve("hosts"), lines);
        Files.writeString(
                folder.resolve("framewatch.yml"),
                "listen: {address: '127.0.0.1:0'}\nhost: {enabled: false}\nstore: {durable: false}\nprometheus: {config: '"
                        + configuration.toAbsolutePath()
                        + "'}\n");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + file,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-jar",
                        jar().toString(),
                        "serve")
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
    }

    private static URI address(BufferedReader out) throws Exception {
        Matcher line = ADDRESS.matcher(String.valueOf(out.readLine()));
        assertThat(line.find()).isTrue();
        return URI.create(line.group());
    }

    private static String get(HttpClient http, URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /// Serves metrics at every host and port that the file names; answers the hosts' addresses.
    private Map<String, String> serveTargets(String yaml, Set<String> targets) throws Exception {
        Map<String, String> hosts = new LinkedHashMap<>();
        Matcher target = TARGET.matcher(yaml.substring(yaml.indexOf("scrape_configs")));
        while (target.find()) {
            if (!targets.add(target.group(1) + ":" + target.group(2))) {
                continue;
            }
            String ip = "127.7.1." + (hosts.size() + 1);
            String of = hosts.computeIfAbsent(target.group(1), _ -> ip);
            int port = Integer.parseInt(target.group(2));
            HttpServer server = HttpServer.create(new InetSocketAddress(of, port), 0);
            byte[] text = "frames_total 7\n".getBytes(StandardCharsets.UTF_8);
            server.createContext(
                    "/",
                    exchange -> {
                        paths.add(exchange.getRequestURI().getPath());
                        exchange.getResponseHeaders()
                                .set("Content-Type", "text/plain; version=0.0.4");
                        exchange.sendResponseHeaders(200, text.length);
                        exchange.getResponseBody().write(text);
                        exchange.close();
                    });
            server.start();
            servers.add(server);
        }
        return hosts;
    }

    private void everyTargetIsUp(String name) throws Exception {
        Path configuration = Conformance.shared("mission/configs/" + name);
        assumeTrue(Files.exists(configuration), "skipped: mission files absent");
        Set<String> targets = new TreeSet<>();
        Map<String, String> hosts = serveTargets(Files.readString(configuration), targets);
        Process process = serve(configuration, hosts);
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            URI address = address(out);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(get(http, address.resolve("/api/v1/targets")))
                                    .satisfies(text ->
                                            assertThat(count(text, "\"health\":\"up\""))
                                                    .isEqualTo(targets.size())));
            for (String target : targets) {
                String query =
                        "frames_total%7Binstance%3D%22" + target.replace(":", "%3A") + "%22%7D";
                assertThat(get(http, address.resolve("/api/v1/query?query=" + query)))
                        .contains("\"7\"");
            }
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    @Test
    void recordingNodesAndGateways() throws Exception {
        everyTargetIsUp("prom_002.yml");
    }

    @Test
    void aPlatformInContainers() throws Exception {
        everyTargetIsUp("prom_004.yml");
        assertThat(paths).contains("/metrics", "/minio/v2/metrics/cluster");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() throws Exception {
        Path configuration = Conformance.shared("mission/configs/prom_004.yml");
        assumeTrue(Files.exists(configuration), "skipped: mission files absent");
        Process process = serve(configuration, Map.of());
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            URI address = address(out);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(get(http, address.resolve("/api/v1/targets")))
                                    .contains(
                                            "\"lastError\":\"there is no host named minio\"",
                                            "\"lastError\":\"there is no host named fastapi\""));
            assertThat(get(http, address.resolve("/api/v1/query?query=up%7Bjob%3D%22minio%22%7D")))
                    .contains("\"instance\":\"minio:9000\"", ",\"0\"]");
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    /// Children inherit what `nohup` sets, and a Java that was started so hears no `SIGHUP`.
    private static boolean hangUpIsIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseLong(line.substring(7).strip(), 16) & 1) != 0);
    }

    @Test
    void aHangUpReloads() throws Exception {
        assumeFalse(hangUpIsIgnored(), "started under nohup: SIGHUP is ignored");
        String yaml = "scrape_configs: [{job_name: NAME, static_configs: [{targets: ['h:1']}]}]\n";
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, yaml.replace("NAME", "one"));
        Process process = serve(configuration, Map.of());
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader out = process.inputReader()) {
            URI address = address(out);
            URI pools = address.resolve("/api/v1/scrape_pools");
            assertThat(get(http, pools)).contains("\"one\"");
            Files.writeString(configuration, "scrape_configs: 7\n");
            hangUp(process);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(get(http, address.resolve("/metrics")))
                                    .contains("framewatch_config_last_reload_successful 0\n"));
            assertThat(Files.readString(folder.resolve("log"))).contains("prometheus.yml:1:17:");
            assertThat(get(http, pools)).contains("\"one\"");
            Files.writeString(configuration, yaml.replace("NAME", "two"));
            hangUp(process);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get(http, pools)).contains("\"two\""));
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    private static void hangUp(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
