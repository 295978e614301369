package io.framewatch.ingest.discover;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.kubernetes.Finds;
import io.framewatch.ingest.scrape.Exporter;
import io.framewatch.model.Labels;
import io.framewatch.testkit.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
final class HttpFinderTest {

    private static final String ONE = "[{\"targets\": [\"a:1\"], \"labels\": {\"k\": \"v\"}}]";

    private Exporter server;

    @BeforeEach
    void open() throws IOException {
        server = new Exporter();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void answers(int status, String type, String text) {
        server.on(exchange -> Exporter.text(exchange, status, type, text));
    }

    private String url() {
        return "http://user:pass@" + server.address() + "/sd";
    }

    private Finds finds(String more) {
        return new Finds(
                Path.of(""),
                DiscoveryEnvironment.SYSTEM,
                "http_sd_configs: [{url: '" + url() + "'" + more + "}]");
    }

    private static String problem(Finds finds) {
        await().atMost(30, SECONDS).until(() -> !finds.now().problems().isEmpty());
        return finds.now().problems().getFirst();
    }

    @Test
    void takesWhatIsAnsweredAndTellsTheInterval() {
        answers(200, "application/json; charset=utf-8", ONE);
        try (Finds finds = finds(", refresh_interval: 1500ms")) {
            await().atMost(30, SECONDS).until(() -> finds.now().ready());
            assertThat(finds.targets())
                    .containsEntry("a:1", Labels.of("__meta_url", url(), "k", "v"));
            assertThat(server.header("X-prometheus-refresh-interval-seconds")).isEqualTo("1.5");
            assertThat(server.header("Accept")).isEqualTo("application/json");
            answers(200, "application/json", "[]");
            await().atMost(30, SECONDS).until(() -> finds.targets().isEmpty());
        }
    }

    @Test
    void keepsItsTargetsThroughFailures() {
        answers(200, "application/json", ONE);
        try (Finds finds = finds(", refresh_interval: 100ms")) {
            await().atMost(30, SECONDS).until(() -> finds.now().ready());
            answers(503, "text/plain", "busy");
            assertThat(problem(finds)).contains("503").doesNotContain("pass");
            assertThat(finds.targets()).containsOnlyKeys("a:1");
            answers(200, "application/json", ONE.replace("a:1", "b:2"));
            await().atMost(30, SECONDS).until(() -> finds.targets().containsKey("b:2"));
            assertThat(finds.now().problems()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoListOfGroups() {
        answers(200, "text/html", ONE);
        try (Finds finds = finds("")) {
            assertThat(problem(finds)).contains("text/html", "application/json");
        }
        answers(200, "application/json", "{\"targets\": []}");
        try (Finds finds = finds("")) {
            assertThat(problem(finds)).contains("a JSON list");
        }
        answers(200, "application/json", "[{\"targets\": [\"a:1\"], \"lables\": {}}]");
        try (Finds finds = finds("")) {
            assertThat(problem(finds)).contains("group 1", "`lables`");
        }
        answers(200, "application/json", "[{\"targets\": [7]}]");
        try (Finds finds = finds("")) {
            assertThat(problem(finds)).contains("not a text");
        }
        answers(200, "application/json", "[{\"targets\":");
        try (Finds finds = finds("")) {
            assertThat(problem(finds)).contains("not valid JSON");
        }
    }

    @Test
    void answerOfTheConformanceData() throws IOException {
        Path file = Conformance.folder("prometheus/sd-file/http/fixtures/http_sd.good.json");
        Assumptions.assumeTrue(Files.exists(file), "skipped: conformance data absent");
        answers(200, "application/json", Files.readString(file));
        try (Finds finds = finds("")) {
            await().atMost(30, SECONDS).until(() -> finds.now().ready());
            assertThat(finds.targets())
                    .containsEntry(
                            "127.0.0.1:9090",
                            Labels.of("__meta_url", url(), "__meta_datacenter", "bru1"));
        }
    }
}
