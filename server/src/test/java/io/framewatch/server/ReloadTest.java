package io.framewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.config.SettingsFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reload counts as a whole or not at all, and tells.
final class ReloadTest {

    private static final String GOOD =
            """
            scrape_configs:
            - job_name: one
              bearer_token: s3cret
              static_configs: [{targets: ['127.0.0.1:1']}]
            """;

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Framewatch framewatch;

    @BeforeEach
    void start() throws IOException {
        write("prometheus.yml", GOOD);
        write(
                "framewatch.yml",
                """
                listen: {address: '127.0.0.1:0'}
                store: {folder: data}
                prometheus: {config: prometheus.yml}
                """);
        framewatch = Framewatch.start(SettingsFile.read(folder.resolve("framewatch.yml")));
    }

    @AfterEach
    void stop() {
        framewatch.close();
        http.close();
    }

    private HttpResponse<String> reload() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(framewatch.address().resolve("/-/reload"));
        return http.send(
                request.POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(framewatch.address().resolve(path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aGoodFileCounts() throws Exception {
        write("prometheus.yml", GOOD.replace("one", "two"));
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/scrape_pools")).contains("\"two\"").doesNotContain("\"one\"");
        assertThat(get("/metrics")).contains("prometheus_config_last_reload_successful 1\n");
        assertThat(get("/api/v1/status/config"))
                .contains("job_name: two", "\\u003csecret\\u003e")
                .doesNotContain("s3cret");
    }

    @Test
    void aBadFileChangesNothingAndIsTold() throws Exception {
        write("prometheus.yml", GOOD.replace("one", "two") + "  scrape_interva: 5s\n");
        HttpResponse<String> answer = reload();
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body())
                .contains("prometheus.yml:5:3:", "scrape_interva", "scrape_interval");
        assertThat(get("/api/v1/scrape_pools")).contains("\"one\"").doesNotContain("\"two\"");
        assertThat(get("/metrics"))
                .contains(
                        "prometheus_config_last_reload_successful 0\n",
                        "framewatch_config_last_reload_successful 0\n");
        write("prometheus.yml", GOOD);
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(get("/metrics")).contains("framewatch_config_last_reload_successful 1\n");
    }

    @Test
    void aBadRuleFileLeavesTheScrapesToo() throws Exception {
        write("rules.yml", "groups: [{name: g, rules: [{record: r, expr: 'sum('}]}]\n");
        write("prometheus.yml", GOOD.replace("one", "two") + "rule_files: [rules.yml]\n");
        HttpResponse<String> answer = reload();
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).contains("rules.yml");
        assertThat(get("/api/v1/scrape_pools")).contains("\"one\"").doesNotContain("\"two\"");
    }
}
