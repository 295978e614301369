package io.framewatch.ingest.scrape;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
final class ScrapeManagerTest {

    @TempDir private Path folder;
    private final InMemoryMetricStore store = new InMemoryMetricStore();
    private Exporter exporter;
    private ScrapeManager manager;

    @BeforeEach
    void open() throws IOException {
        exporter = new Exporter();
        exporter.shows("a 1\n");
        manager =
                new ScrapeManager(
                        store, Clock.system(), new ScrapeOptions(Tenant.DEFAULT, 8, 1_000_000, 50));
    }

    @AfterEach
    void close() {
        manager.close();
        exporter.close();
        store.close();
    }

    private PrometheusConfig config(String rest) {
        String yaml = "global: {scrape_interval: 800ms}\nscrape_configs:\n";
        return PrometheusConfig.parse(folder.resolve("prometheus.yml"), yaml + rest);
    }

    private String statics(String job) {
        return "- job_name: "
                + job
                + "\n  static_configs: [{targets: ['"
                + exporter.address()
                + "']}]\n";
    }

    private List<SeriesSamples> series(String metric, String job) {
        return store.select(
                Tenant.DEFAULT,
                List.of(Matcher.equal(Labels.NAME, metric), Matcher.equal("job", job)),
                TimeRange.ALL,
                SelectLimits.DEFAULT);
    }

    private boolean isStale(String metric, String job) {
        List<SeriesSamples> found = series(metric, job);
        if (found.isEmpty()) {
            return false;
        }
        SeriesSamples samples = found.getFirst();
        return StaleNaN.is(samples.values()[samples.size() - 1]);
    }

    @Test
    void scrapesEveryIntervalAndTellsHowTargetsAre() {
        manager.apply(config(statics("one")));
        await().atMost(20, SECONDS)
                .until(() ->
                        !series("a", "one").isEmpty() && series("a", "one").getFirst().size() > 2);
        TargetStatus status = manager.targets().getFirst();
        assertThat(status.health()).isEqualTo(TargetStatus.Health.UP);
        assertThat(status.scrapePool()).isEqualTo("one");
        assertThat(status.scrapeUrl()).isEqualTo("http://" + exporter.address() + "/metrics");
        assertThat(status.discoveredLabels().get("__address__")).isEqualTo(exporter.address());
        assertThat(manager.stats().failed()).isZero();
        assertThat(manager.stats().conflicts()).isZero();
    }

    @Test
    void reloadEndsWhatIsGoneAndLeavesTheRestAlone() {
        manager.apply(config(statics("one") + statics("two")));
        await().atMost(20, SECONDS)
                .until(() -> !series("a", "one").isEmpty() && !series("a", "two").isEmpty());
        manager.apply(config(statics("one")));
        await().atMost(20, SECONDS).until(() -> isStale("a", "two") && isStale("up", "two"));
        int before = series("a", "one").getFirst().size();
        await().atMost(20, SECONDS).until(() -> series("a", "one").getFirst().size() > before + 1);
        for (double value : series("a", "one").getFirst().values()) {
            assertThat(StaleNaN.is(value)).isFalse();
        }
        assertThat(manager.jobs()).containsExactly("one");
    }

    @Test
    void followsTargetFiles() throws IOException {
        Path file = folder.resolve("cams.json");
        manager.apply(config("- job_name: sd\n  file_sd_configs: [{files: ['cams.json']}]\n"));
        assertThat(manager.targets()).isEmpty();
        Files.writeString(
                file,
                "[{\"targets\": [\"" + exporter.address() + "\"], \"labels\": {\"site\": \"n\"}}]");
        await().atMost(20, SECONDS).until(() -> !series("a", "sd").isEmpty());
        assertThat(series("a", "sd").getFirst().labels().get("site")).isEqualTo("n");
        assertThat(manager.targets().getFirst().discoveredLabels().get("__meta_filepath"))
                .isEqualTo(file.toString());
        Files.writeString(file, "[{\"targets\": ");
        await().atMost(20, SECONDS).until(() -> !manager.problems().isEmpty());
        assertThat(manager.targets()).hasSize(1);
        Files.writeString(file, "[]");
        await().atMost(20, SECONDS).until(() -> manager.targets().isEmpty() && isStale("a", "sd"));
    }

    @Test
    void tooManyTargetsFailAll() {
        manager.apply(
                config(
                        "- job_name: many\n  target_limit: 1\n  static_configs: [{targets: ['"
                                + exporter.address()
                                + "', 'localhost:1']}]\n"));
        await().atMost(20, SECONDS)
                .until(() ->
                        manager.targets().stream()
                                .allMatch(t -> t.lastError().contains("target_limit")));
        assertThat(manager.targets()).hasSize(2);
    }

    @Test
    void droppedTargetsAreRemembered() {
        manager.apply(
                config(
                        statics("one")
                                + "  relabel_configs: [{source_labels: [__address__], action:"
                                + " drop}]\n"));
        assertThat(manager.targets()).isEmpty();
        assertThat(manager.droppedTargets().get("one")).hasSize(1);
    }

    @Test
    void closingMarksNothingStale() {
        manager.apply(config(statics("one")));
        await().atMost(20, SECONDS).until(() -> !series("a", "one").isEmpty());
        manager.close();
        assertThat(isStale("a", "one")).isFalse();
        assertThat(isStale("up", "one")).isFalse();
    }
}
