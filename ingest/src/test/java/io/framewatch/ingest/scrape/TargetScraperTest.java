package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetScraperTest {

    private ScrapeBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new ScrapeBench(new Exporter());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void samplesGetTheTargetsLabelsAndTheScrapeIsReported() throws Exception {
        bench.exporter.shows("# TYPE frames counter\nframes{cam=\"c1\"} 5\nframes{cam=\"c2\"} 6\n");
        TargetScraper scraper = bench.scraper();
        bench.scrape(scraper);
        String instance = bench.exporter.address();
        assertThat(bench.series("frames"))
                .extracting(s -> s.labels().withoutName())
                .containsExactly(
                        Labels.of(
                                "cam", "c1", "instance", instance, "job", "cams", "site", "north"),
                        Labels.of(
                                "cam", "c2", "instance", instance, "job", "cams", "site", "north"));
        assertThat(bench.values("up")).containsExactly("1.0");
        assertThat(bench.values("scrape_samples_scraped")).containsExactly("2.0");
        assertThat(bench.values("scrape_series_added")).containsExactly("2.0");
        assertThat(bench.values("scrape_duration_seconds")).hasSize(1);
        assertThat(scraper.status().health()).isEqualTo(TargetStatus.Health.UP);
        assertThat(bench.store.metadata(Tenant.DEFAULT)).containsKey("frames");
        bench.scrape(scraper);
        assertThat(bench.values("scrape_series_added")).containsExactly("2.0", "0.0");
    }

    @Test
    void asksForFormatsAndGzipAndSaysItsTimeout() throws Exception {
        bench.exporter.on(
                exchange -> Exporter.gzip(exchange, "a 1\n".getBytes(StandardCharsets.UTF_8)));
        bench.scrape(bench.scraper("params: {match: ['x y', z]}"));
        assertThat(bench.values("a")).containsExactly("1.0");
        assertThat(bench.exporter.header("Accept"))
                .startsWith(
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,")
                .endsWith("*/*;q=0.2");
        assertThat(bench.exporter.header("Accept-encoding")).isEqualTo("gzip");
        assertThat(bench.exporter.header("X-prometheus-scrape-timeout-seconds")).isEqualTo("15.0");
        assertThat(bench.exporter.header(":uri")).isEqualTo("/metrics?match=x+y&match=z");
    }

    @Test
    void aSecretThatChangesIsReadForEachScrape(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("token"), "first");
        bench.exporter.shows("a 1\n");
        TargetScraper scraper =
                bench.scraper("authorization: {credentials_file: '" + secret + "'}");
        bench.scrape(scraper);
        assertThat(bench.exporter.header("Authorization")).isEqualTo("Bearer first");
        Files.writeString(secret, "second");
        bench.scrape(scraper);
        assertThat(bench.exporter.header("Authorization")).isEqualTo("Bearer second");
    }

    @Test
    void aSeriesThatVanishesIsMarkedStale() throws Exception {
        TargetScraper scraper = bench.scraper();
        bench.exporter.shows("a 1\nb 2\n");
        bench.scrape(scraper);
        bench.exporter.shows("a 1\n");
        bench.scrape(scraper);
        bench.scrape(scraper);
        bench.exporter.shows("a 1\nb 3\n");
        bench.scrape(scraper);
        assertThat(bench.values("a")).containsExactly("1.0", "1.0", "1.0", "1.0");
        assertThat(bench.values("b")).containsExactly("2.0", "stale", "3.0");
    }

    @Test
    void aFailedScrapeMarksEverythingStaleAndUpIsZero() throws Exception {
        TargetScraper scraper = bench.scraper();
        bench.exporter.shows("a 1\n");
        bench.scrape(scraper);
        bench.exporter.on(exchange -> Exporter.text(exchange, 503, "text/plain", "no"));
        bench.scrape(scraper);
        bench.scrape(scraper);
        assertThat(bench.values("a")).containsExactly("1.0", "stale");
        assertThat(bench.values("up")).containsExactly("1.0", "0.0", "0.0");
        assertThat(scraper.status().lastError()).contains("HTTP status 503");
        bench.exporter.shows("a 2\n");
        bench.scrape(scraper);
        assertThat(bench.values("a")).containsExactly("1.0", "stale", "2.0");
    }

    @Test
    void namesExpectedNextAreNotTakenForOthers() throws Exception {
        TargetScraper scraper = bench.scraper();
        bench.exporter.shows("a 1\nb{x=\"}\"} 2\nc 3\nd{} 4\n");
        bench.scrape(scraper);
        bench.exporter.shows("a_b 5\na {y=\"1\"} 6\nb{x=\"}\",z=\"\"} 7\nc\t8\nd{}9\n");
        bench.scrape(scraper);
        bench.exporter.shows("c -3\na   2\nb{x=\"}\"} NaN\nd{} +Inf\n");
        bench.scrape(scraper);
        assertThat(bench.values("a_b")).containsExactly("5.0", "stale");
        assertThat(bench.values("b"))
                .as("an empty label is none: both spellings are one series")
                .containsExactly("2.0", "7.0", "NaN");
        assertThat(bench.values("c")).containsExactly("3.0", "8.0", "-3.0");
        assertThat(bench.values("d")).containsExactly("4.0", "9.0", "Infinity");
        assertThat(bench.series("a"))
                .extracting(s -> s.labels().get("y"))
                .containsExactlyInAnyOrder("", "1");
    }

    @Test
    void aBrokenExpositionBringsNothing() throws Exception {
        TargetScraper scraper = bench.scraper();
        bench.exporter.shows("a 1\nb {\n");
        bench.scrape(scraper);
        assertThat(bench.values("a")).isEmpty();
        assertThat(bench.values("up")).containsExactly("0.0");
        assertThat(scraper.status().lastError()).startsWith("line 2: ");
    }

    @Test
    void labelsOfTheTargetWinUnlessHonoured() throws Exception {
        bench.exporter.shows("a{site=\"own\",instance=\"i\"} 1\n");
        bench.scrape(bench.scraper());
        assertThat(bench.labels("a").get("site")).isEqualTo("north");
        assertThat(bench.labels("a").get("exported_site")).isEqualTo("own");
        bench.exporter.shows("b{site=\"own\"} 1\n");
        bench.scrape(bench.scraper("honor_labels: true"));
        assertThat(bench.labels("b").get("site")).isEqualTo("own");
        assertThat(bench.labels("b").has("exported_site")).isFalse();
    }

    @Test
    void timestampsAreKeptOrIgnored() throws Exception {
        bench.exporter.shows("a 1 1699999999000\n");
        bench.scrape(bench.scraper());
        assertThat(bench.series("a").getFirst().timestampsMs()[0]).isEqualTo(1_699_999_999_000L);
        bench.exporter.shows("b 1 1699999999000\n");
        long now = bench.clock.nowMs();
        bench.scrape(bench.scraper("honor_timestamps: false"));
        assertThat(bench.series("b").getFirst().timestampsMs()[0]).isEqualTo(now);
    }

    @Test
    void metricRelabellingDropsAndRenames() throws Exception {
        bench.exporter.shows("keep 1\ndrop_me 2\n");
        TargetScraper scraper =
                bench.scraper(
                        "metric_relabel_configs:",
                        "- {source_labels: [__name__], regex: 'drop_.*', action: drop}",
                        "- {source_labels: [__name__], regex: 'keep', target_label: __name__,"
                                + " replacement: kept}");
        bench.scrape(scraper);
        bench.scrape(scraper);
        assertThat(bench.values("kept")).containsExactly("1.0", "1.0");
        assertThat(bench.values("drop_me")).isEmpty();
        assertThat(bench.values("scrape_samples_scraped")).containsExactly("2.0", "2.0");
        assertThat(bench.values("scrape_samples_post_metric_relabeling"))
                .containsExactly("1.0", "1.0");
    }

    @Test
    void changedMetricRelabellingEndsTheOldSeries() throws Exception {
        bench.exporter.shows("a 1\nb 1\n");
        TargetScraper scraper = bench.scraper();
        bench.scrape(scraper);
        ScrapeConfig next =
                bench.job(
                        "metric_relabel_configs:",
                        "- {source_labels: [__name__], regex: a, action: drop}");
        scraper.update(next, bench.target(next), "");
        bench.scrape(scraper);
        assertThat(bench.values("a")).containsExactly("1.0", "stale");
        assertThat(bench.values("b")).containsExactly("1.0", "1.0");
    }

    @Test
    void limitsFailTheScrape() throws Exception {
        bench.exporter.shows("a{l=\"123456\"} 1\nb 2\n");
        TargetScraper samples = bench.scraper("sample_limit: 1");
        bench.scrape(samples);
        assertThat(samples.status().lastError()).contains("sample limit exceeded");
        TargetScraper labels = bench.scraper("label_limit: 4");
        bench.scrape(labels);
        assertThat(labels.status().lastError()).contains("label_limit exceeded");
        TargetScraper values = bench.scraper("label_value_length_limit: 5");
        bench.scrape(values);
        assertThat(values.status().lastError()).contains("label_value_length_limit exceeded");
        assertThat(bench.values("a")).isEmpty();
    }

    @Test
    void anEndedTargetEndsItsSeries() throws Exception {
        bench.exporter.shows("a 1\n");
        TargetScraper scraper = bench.scraper();
        bench.scrape(scraper);
        scraper.stop(true);
        bench.scrape(scraper);
        assertThat(bench.values("a")).containsExactly("1.0", "stale");
        assertThat(bench.values("up")).containsExactly("1.0", "stale");
    }

    @Test
    void unknownContentTypeNeedsAFallback() throws Exception {
        bench.exporter.on(exchange -> Exporter.text(exchange, 200, "text/html", "a 1\n"));
        TargetScraper strict = bench.scraper();
        bench.scrape(strict);
        assertThat(strict.status().lastError()).contains("fallback_scrape_protocol");
        bench.scrape(bench.scraper("fallback_scrape_protocol: PrometheusText0.0.4"));
        assertThat(bench.values("a")).containsExactly("1.0");
    }

    @Test
    void exemplarsOfOpenMetricsAreKept() throws Exception {
        bench.exporter.on(exchange ->
                Exporter.text(
                        exchange,
                        200,
                        "application/openmetrics-text; version=1.0.0; charset=utf-8",
                        "# TYPE a counter\na_total 3 # {trace_id=\"t1\"} 0.5\n# EOF\n"));
        bench.scrape(bench.scraper());
        assertThat(bench.values("a_total")).containsExactly("3.0");
        assertThat(
                        bench.store.exemplars(
                                Tenant.DEFAULT,
                                List.of(Matcher.equal(Labels.NAME, "a_total")),
                                TimeRange.ALL))
                .hasSize(1);
    }

    @Test
    void credentialsAreSentAndNotForwardedToAnotherHost() throws Exception {
        try (Exporter other = new Exporter()) {
            other.shows("a 1\n");
            bench.exporter.on(exchange -> {
                exchange.getResponseHeaders().set("Location", "http://" + other.address() + "/m");
                Exporter.text(exchange, 302, "", "");
            });
            bench.scrape(bench.scraper("authorization: {credentials: s3cret}"));
            assertThat(bench.exporter.header("Authorization")).isEqualTo("Bearer s3cret");
            assertThat(other.header("Authorization")).isEmpty();
            assertThat(bench.values("a")).containsExactly("1.0");
            TargetScraper stays = bench.scraper("follow_redirects: false");
            bench.scrape(stays);
            assertThat(stays.status().lastError()).contains("302");
        }
    }
}
