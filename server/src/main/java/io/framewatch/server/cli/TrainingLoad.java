package io.framewatch.server.cli;

import io.framewatch.ingest.forward.WriteBatch;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.wire.remotewrite.PromMessages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// What a server that is being trained takes in and is asked: as much as makes Java note how the
/// code of ingest and queries runs, so that it compiles it well from the start. Not thread safe.
final class TrainingLoad {

    private static final List<String> PATHS =
            List.of(
                    "/-/ready",
                    "/",
                    "/metrics",
                    "/api/session",
                    "/api/v1/query?query=1%2B1",
                    "/api/v1/query?query=sum(rate(up%5B5m%5D))",
                    "/api/v1/labels",
                    "/api/v1/status/buildinfo");

    private static final String RANGE =
            "/api/v1/query_range?query=sum+by(host)(rate(train_total%5B20s%5D))&step=1";

    private static final int WINDOW_S = 20;

    private static final int PUSHES = 150;
    private static final int SERIES = 1_000;
    private static final int STEP_MS = 1_000;
    private static final int QUERIES_EVERY = 5;

    private final HttpClient client;
    private final URI server;
    private final Clock clock;

    TrainingLoad(HttpClient client, URI server, Clock clock) {
        this.client = client;
        this.server = server;
        this.clock = clock;
    }

    /// A `prometheus.yml` by which the server scrapes itself, as many targets.
    static String scrapes(URI server) {
        StringBuilder yaml = new StringBuilder("global: {scrape_interval: 200ms}\n");
        yaml.append("scrape_configs:\n- job_name: train\n  static_configs:\n");
        for (int i = 0; i < 20; i++) {
            yaml.append("  - targets: ['").append(server.getRawAuthority()).append("']\n");
            yaml.append("    labels: {instance: train-").append(i).append("}\n");
        }
        return yaml.toString();
    }

    /// Asks what a browser asks first.
    void look() throws InterruptedException {
        for (String path : PATHS) {
            ask(request(path).build());
        }
    }

    /// Pushes samples, a little ahead of time so that all of them lie in memory, and asks for them.
    void push() throws InterruptedException {
        long startMs = clock.nowMs() + STEP_MS;
        for (int push = 0; push < PUSHES; push++) {
            long timestampMs = startMs + (long) push * STEP_MS;
            ask(
                    request("/api/v1/write")
                            .header("Content-Encoding", "snappy")
                            .header("Content-Type", "application/x-protobuf")
                            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body(push, timestampMs)))
                            .build());
            if (push % QUERIES_EVERY == 0 && push > WINDOW_S) {
                long fromS = startMs / 1_000 + WINDOW_S + 1;
                ask(request(RANGE + "&start=" + fromS + "&end=" + timestampMs / 1_000).build());
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(10));
    }

    private static byte[] body(int push, long timestampMs) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < SERIES; i++) {
            Labels labels =
                    new Labels.Builder()
                            .set(Labels.NAME, "train_total")
                            .set("host", "host-" + i % 20)
                            .set("instance", "instance-" + i)
                            .build();
            double value = (double) push * (i + 1) + (i % 3) / 4.0;
            batch.add(
                    PromMessages.message(out -> PromMessages.labels(out, 1, labels)),
                    timestampMs,
                    value);
        }
        return batch.packed();
    }

    /// An answer that breaks off costs what it would have taught, not the whole training.
    private void ask(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> answer =
                    client.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() >= 400) {
                System.err.println(request.uri().getPath() + ": " + answer.statusCode());
            }
        } catch (IOException brokenOff) {
            System.err.println(request.uri().getPath() + ": " + brokenOff);
        }
    }
}
