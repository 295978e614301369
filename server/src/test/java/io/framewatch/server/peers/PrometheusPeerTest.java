package io.framewatch.server.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.forward.Forwarder;
import io.framewatch.ingest.forward.ForwardingAppender;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus as the other side: it sends to us by remote write, reads from us by federation
/// and by remote read. Skipped where `prometheus` is not installed.
@Tag("slow")
final class PrometheusPeerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();

    private static String program() {
        String found =
                Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                        .map(place -> Path.of(place, "prometheus"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst()
                        .orElse("");
        Assumptions.assumeFalse(found.isEmpty(), "skipped: prometheus is not installed");
        return found;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String get(URI server, String path) throws Exception {
        try {
            return http.send(
                            HttpRequest.newBuilder(server.resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "not up: " + e;
        }
    }

    /// Asks until the answer holds `expected`.
    private String until(URI server, String path, String expected) throws Exception {
        long end = Clock.system().nanoTime() + PATIENCE.toNanos();
        String answer = get(server, path);
        while (!answer.contains(expected) && Clock.system().nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            answer = get(server, path);
        }
        assertThat(answer).contains(expected);
        return answer;
    }

    private static void keep(Framewatch framewatch, String name, long agoMs, double value) {
        var store = framewatch.store();
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        Labels labels = Labels.of("__name__", name, "camera", "c1");
        long atMs = framewatch.clock().nowMs() - agoMs;
        batch.add(store.series(Tenant.DEFAULT, labels), atMs, value);
        store.append(batch);
    }

    private static void keepHistogram(Framewatch framewatch, String name) {
        var store = framewatch.store();
        NativeHistogram histogram =
                new NativeHistogram(
                        NativeHistogram.ResetHint.UNKNOWN,
                        0,
                        0.001,
                        1,
                        4,
                        9.5,
                        new NativeHistogram.Span[] {new NativeHistogram.Span(1, 2)},
                        new double[] {1, 2},
                        new NativeHistogram.Span[0],
                        new double[0],
                        new double[0]);
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        Labels labels = Labels.of("__name__", name, "camera", "c1");
        batch.add(store.series(Tenant.DEFAULT, labels), framewatch.clock().nowMs(), histogram);
        store.append(batch);
    }

    @Test
    void sendsFederatesAndReads() throws Exception {
        String program = program();
        Settings settings =
                Settings.DEFAULT
                        .withStore(TestFolders.store())
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withGrpc(GrpcSettings.OFF);
        try (Framewatch framewatch = Framewatch.start(settings)) {
            keep(framewatch, "federated_thing", 0, 7.5);
            keep(framewatch, "old_thing", 3_600_000, 2.5);
            keepHistogram(framewatch, "federated_delay");
            int port = freePort();
            URI prometheus = URI.create("http://127.0.0.1:" + port);
            Path config = folder.resolve("prometheus.yml");
            Files.writeString(config, config(framewatch.address(), port));
            Process process =
                    new ProcessBuilder(
                                    List.of(
                                            program,
                                            "--config.file=" + config,
                                            "--enable-feature=native-histograms",
                                            "--storage.tsdb.path=" + folder.resolve("data"),
                                            "--web.listen-address=127.0.0.1:" + port))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("prometheus.log").toFile())
                            .start();
            try {
                String sent = "/api/v1/query?query=prometheus_build_info";
                until(framewatch.address(), sent, "\"from\":\"peer\"");
                until(framewatch.address(), "/api/v1/metadata", "prometheus_build_info");
                until(prometheus, "/api/v1/query?query=federated_thing", "\"7.5\"");
                String count = "/api/v1/query?query=histogram_count(federated_delay)";
                until(prometheus, count, "\"4\"");
                String range = "/api/v1/query?query=max_over_time(old_thing[2h])";
                until(prometheus, range, "\"2.5\"");
            } finally {
                process.destroy();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } finally {
            http.close();
        }
    }

    /// What we send on by `remote_write` is stored by Prometheus.
    @Test
    void takesWhatWeForward() throws Exception {
        String program = program();
        int port = freePort();
        URI prometheus = URI.create("http://127.0.0.1:" + port);
        Path empty = folder.resolve("prometheus.yml");
        Files.writeString(empty, "{}\n");
        Path ours = folder.resolve("ours.yml");
        Files.writeString(
                ours,
                """
                global: {external_labels: {from: framewatch}}
                remote_write: [{url: "%s/api/v1/write", queue_config: {batch_send_deadline: 1s}}]
                """
                        .formatted(prometheus));
        Process process = receiver(program, empty, port);
        Settings settings =
                Settings.DEFAULT
                        .withStore(TestFolders.store())
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withGrpc(GrpcSettings.OFF)
                        .withPrometheusFile(ours);
        try (Framewatch framewatch = Framewatch.start(settings)) {
            until(prometheus, "/api/v1/query?query=framewatch_build_info", "\"framewatch\"");
            String own = get(framewatch.address(), "/metrics");
            assertThat(own).contains("framewatch_forward_dropped_total{reason=");
        } finally {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            http.close();
        }
    }

    /// A Prometheus that was away while we were restarted gets every sample.
    @Test
    void getsEverythingThatCameWhileItWasAway() throws Exception {
        String program = program();
        int port = freePort();
        URI prometheus = URI.create("http://127.0.0.1:" + port);
        Path empty = folder.resolve("prometheus.yml");
        Files.writeString(empty, "{}\n");
        Path ours = folder.resolve("ours.yml");
        Files.writeString(ours, "remote_write: [{url: \"" + prometheus + "/api/v1/write\"}]\n");
        Settings settings =
                Settings.DEFAULT
                        .withStore(TestFolders.store())
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withGrpc(GrpcSettings.OFF)
                        .withPrometheusFile(ours);
        int each = 500;
        for (int start = 0; start < 2; start++) {
            try (Framewatch framewatch = Framewatch.start(settings)) {
                for (int i = 0; i < each; i++) {
                    push(framewatch.address(), "run" + start, i);
                }
            }
        }
        Process process = receiver(program, empty, port);
        try (Framewatch framewatch = Framewatch.start(settings)) {
            String counted = "/api/v1/query?query=count(" + "%7B__name__%3D~%22run.*%22%7D)";
            until(prometheus, counted, "\"" + 2 * each + "\"");
            assertThat(framewatch.address()).isNotNull();
        } finally {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            http.close();
        }
    }

    /// Prometheus refuses what is older than what it has of a series: many requests under way keep
    /// the order of each.
    @Test
    void refusesNothingOfManyRequestsAtOnce() throws Exception {
        String program = program();
        int port = freePort();
        URI prometheus = URI.create("http://127.0.0.1:" + port);
        Path empty = folder.resolve("prometheus.yml");
        Files.writeString(empty, "{}\n");
        String yaml =
                """
                remote_write:
                  - url: %s/api/v1/write
                    name: far
                    queue_config: {max_samples_per_send: 200, min_shards: 8, batch_send_deadline: 1s, max_backoff: 200ms}
                """
                        .formatted(prometheus);
        Clock clock = Clock.system();
        int series = 300;
        int steps = 50;
        try (InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.DEFAULT);
                Forwarder forwarder =
                        new Forwarder(folder.resolve("spool"), SpoolLimits.DEFAULT, clock)) {
            forwarder.apply(PrometheusConfig.parse(empty, yaml), List.of());
            ForwardingAppender appender = new ForwardingAppender(store, forwarder, true);
            long fromMs = clock.nowMs() - 1_000L * steps;
            for (int step = 0; step < steps; step++) {
                SampleBatch batch = new SampleBatch(Tenant.DEFAULT, series);
                for (int i = 0; i < series; i++) {
                    Labels labels = Labels.of("__name__", "many", "camera", "c" + i);
                    batch.add(appender.series(Tenant.DEFAULT, labels), fromMs + step * 1_000L, i);
                }
                appender.append(batch);
            }
            Process process = receiver(program, empty, port);
            try {
                String counted = "/api/v1/query?query=sum(count_over_time(many%5B10m%5D))";
                until(prometheus, counted, "\"" + series * steps + "\"");
                assertThat(forwarder.statuses().getFirst().dropped()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
        } finally {
            http.close();
        }
    }

    private Process receiver(String program, Path config, int port) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                program,
                                "--config.file=" + config,
                                "--web.enable-remote-write-receiver",
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /// As a short-lived job pushes: through our own Pushgateway paths.
    private void push(URI framewatch, String name, int number) throws Exception {
        String body = name + "{number=\"" + number + "\"} " + number + "\n";
        HttpRequest request =
                HttpRequest.newBuilder(framewatch.resolve("/metrics/job/" + name + "/n/" + number))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private static String config(URI framewatch, int port) {
        return """
        global: {scrape_interval: 1s, external_labels: {from: peer}}
        scrape_configs:
          - {job_name: self, static_configs: [{targets: ["127.0.0.1:%d"]}]}
          - job_name: federation
            honor_labels: true
            metrics_path: /federate
            params: {"match[]": ['{__name__=~"federated_.+"}']}
            static_configs: [{targets: ["%s"]}]
        remote_write: [{url: "%s/api/v1/write", metadata_config: {send_interval: 1s}, queue_config: {batch_send_deadline: 1s}}]
        remote_read: [{url: "%s/api/v1/read", read_recent: true, filter_external_labels: false}]
        """
                .formatted(port, framewatch.getAuthority(), framewatch, framewatch);
    }
}
