package io.framewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.SettingsFile;
import io.framewatch.store.MetricStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the pages Targets, Cardinality and Status ask, over a real listener.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StatusPagesTest {

    private static final int PER_METRIC_MAX = 50;
    private static final long HOUR_MS = 3_600_000;

    @TempDir private static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Framewatch framewatch;

    @BeforeAll
    void start() throws Exception {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                scrape_configs:
                  - job_name: down
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    static_configs:
                      - {targets: ["127.0.0.1:1"], labels: {site: kazan}}
                      - {targets: ["127.0.0.1:2"], labels: {site: perm}}
                    relabel_configs:
                      - {source_labels: [site], regex: perm, action: drop}
                """);
        Path settings = folder.resolve("framewatch.yml");
        Files.writeString(
                settings,
                """
                listen: {address: '127.0.0.1:0'}
                store: {folder: data, durable: false, retention: 1d, seriesPerMetricMax: 50}
                prometheus: {config: prometheus.yml}
                """);
        framewatch = Framewatch.start(SettingsFile.read(settings));
        fill(framewatch.store(), framewatch.clock().nowMs());
    }

    /// 20 series two hours to an hour ago; the same and 20 more since.
    private static void fill(MetricStore store, long nowMs) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 64);
        for (int i = 0; i < 40; i++) {
            Labels labels =
                    Labels.of(
                            "__name__", "frames",
                            "cam", "cam-" + i % 4,
                            "request", "r" + i);
            var series = store.series(Tenant.DEFAULT, labels);
            if (i < 20) {
                batch.add(series, nowMs - HOUR_MS - HOUR_MS / 2, 1);
            }
            batch.add(series, nowMs - 60_000, 1);
        }
        store.append(batch);
    }

    @AfterAll
    void stop() {
        framewatch.close();
        http.close();
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(framewatch.address().resolve(path)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aMetricTellsWhichLabelMakesItLarge() throws Exception {
        JsonNode shape = get("/api/v1/status/cardinality?metric=frames&limit=3").path("data");
        assertThat(shape.path("series").asInt()).isEqualTo(40);
        JsonNode worst = shape.path("labels").get(0);
        assertThat(worst.path("name").asString()).isEqualTo("request");
        assertThat(worst.path("values").asInt()).isEqualTo(40);
        assertThat(worst.path("seriesWithout").asInt()).isEqualTo(4);
        assertThat(worst.path("top").size()).isEqualTo(3);
        JsonNode other = shape.path("labels").get(1);
        assertThat(other.path("seriesWithout").asInt()).isEqualTo(40);
        assertThat(other.path("top").get(0).path("value").asInt()).isEqualTo(10);
        assertThat(
                        get("/api/v1/status/cardinality?metric=none")
                                .path("data")
                                .path("series")
                                .asInt())
                .isZero();
    }

    @Test
    void newSeriesAreThoseWithoutASampleTheHourBefore() throws Exception {
        JsonNode own = get("/api/v1/status/cardinality").path("data");
        assertThat(own.path("seriesPerMetricMax").asInt()).isEqualTo(PER_METRIC_MAX);
        JsonNode fresh = own.path("new");
        assertThat(fresh.path("seriesBefore").asInt()).isEqualTo(20);
        assertThat(fresh.path("metrics").toString()).contains("{\"name\":\"frames\",\"value\":20}");
    }

    @Test
    void targetsTellWhyTheyWereDroppedWhenAsked() throws Exception {
        Awaitility.await()
                .until(() -> get("/api/v1/targets").toString().contains("\"health\":\"down\""));
        JsonNode data = get("/api/v1/targets?details=true").path("data");
        assertThat(data.path("activeTargets").get(0).path("lastSamples").asInt(-1)).isZero();
        assertThat(data.path("droppedTargets").get(0).path("reason").asString())
                .isEqualTo(
                        "Rule 1 of relabel_configs, `drop`: [site] is \"perm\" and matches `perm`.");
        assertThat(data.path("discoveries").isArray()).isTrue();
        assertThat(get("/api/v1/targets").toString()).doesNotContain("lastSamples", "discoveries");
    }

    @Test
    void theServerTellsItsLimitsItsMetricsAndItsQueries() throws Exception {
        get("/api/v1/query?query=count(frames)");
        JsonNode status = get("/api/status");
        assertThat(status.path("store").asString()).isEqualTo("memory");
        assertThat(status.path("limits").toString())
                .contains("{\"key\":\"store.seriesPerMetricMax\",\"max\":50,\"unit\":\"count\"");
        assertThat(status.path("tenants").get(0).path("tenant").asString()).isEqualTo("default");
        assertThat(status.path("metrics").has("framewatch_build_info")).isTrue();
        assertThat(status.path("metrics").toString()).doesNotContain("_bucket");
        assertThat(status.path("running").size()).isZero();
        Awaitility.await()
                .until(() ->
                        get("/api/status")
                                .path("metrics")
                                .toString()
                                .contains("\"signal\":\"samples\",\"way\":\"own\""));
    }
}
