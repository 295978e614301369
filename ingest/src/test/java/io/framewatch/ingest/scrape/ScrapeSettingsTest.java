package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.NativeHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a job's rarer settings do to a scrape.
@Timeout(60)
final class ScrapeSettingsTest {

    private static final String HISTOGRAM =
            """
            # TYPE lag histogram
            lag_bucket{le="1"} 2
            lag_bucket{le="+Inf"} 3
            lag_sum 4
            lag_count 3
            """;

    @TempDir private Path folder;
    private ScrapeBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new ScrapeBench(new Exporter());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void histogramIs(int classic, int custom) {
        assertThat(bench.series("lag_bucket")).hasSize(classic);
        assertThat(bench.series("lag_count")).hasSize(classic == 0 ? 0 : 1);
        assertThat(bench.series("lag")).hasSize(custom);
    }

    @Test
    void classicHistogramsBecomeCustomOnes() throws Exception {
        bench.exporter.shows(HISTOGRAM);
        TargetScraper scraper = bench.scraper("convert_classic_histograms_to_nhcb: true");
        bench.scrape(scraper);
        bench.scrape(scraper);
        histogramIs(0, 1);
        NativeHistogram histogram =
                Objects.requireNonNull(bench.series("lag").getFirst().histogram(1));
        assertThat(histogram.schema()).isEqualTo(NativeHistogram.CUSTOM_BUCKETS);
        assertThat(histogram.count()).isEqualTo(3);
        bench.exporter.shows("a 1\n");
        bench.scrape(scraper);
        assertThat(bench.values("lag")).endsWith("stale");
    }

    @Test
    void bothStayIfAskedFor() throws Exception {
        bench.exporter.shows(HISTOGRAM);
        bench.scrape(
                bench.scraper(
                        "convert_classic_histograms_to_nhcb: true",
                        "always_scrape_classic_histograms: true"));
        histogramIs(2, 1);
    }

    @Test
    void aTargetMayHaveItsOwnSetting() throws Exception {
        bench.exporter.shows(HISTOGRAM);
        bench.scrape(
                bench.scraper(
                        "relabel_configs: [{target_label: __convert_classic_histograms_to_nhcb__,"
                                + " replacement: 'true'}]"));
        histogramIs(0, 1);
    }

    @Test
    void legacyNamesAreAskedForAndOthersRefused() throws Exception {
        bench.exporter.shows("{\"stream.fps\"} 25\n");
        TargetScraper legacy = bench.scraper("metric_name_validation_scheme: legacy");
        bench.scrape(legacy);
        assertThat(bench.exporter.header("Accept"))
                .contains("text/plain;version=1.0.0;escaping=underscores;");
        assertThat(legacy.status().lastError()).contains("\"stream.fps\"", "legacy");
        TargetScraper utf8 = bench.scraper("metric_name_escaping_scheme: dots");
        bench.scrape(utf8);
        assertThat(bench.exporter.header("Accept")).contains("version=1.0.0;escaping=dots;");
        assertThat(bench.values("stream.fps")).containsExactly("25.0");
        bench.scrape(bench.scraper());
        assertThat(bench.exporter.header("Accept")).contains("escaping=allow-utf-8");
    }

    @Test
    void failuresAreLoggedToTheFileNamed() throws Exception {
        Path file = folder.resolve("failures.log");
        bench.exporter.on(exchange -> Exporter.text(exchange, 500, "text/plain", "no"));
        TargetScraper scraper = bench.scraper("scrape_failure_log_file: " + file);
        bench.scrape(scraper);
        bench.scrape(scraper);
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line)
                                .contains(
                                        "\"job_name\":\"cams\"",
                                        bench.exporter.address(),
                                        "HTTP status 500"));
    }

    @Test
    void aBodyTooLargeIsReportedAsMinusOne() throws Exception {
        bench.exporter.shows("a 1\n".repeat(100));
        TargetScraper scraper =
                bench.scraper("body_size_limit: 100B", "extra_scrape_metrics: true");
        bench.scrape(scraper);
        assertThat(scraper.status().lastError()).contains("body size limit exceeded");
        assertThat(bench.values("scrape_body_size_bytes")).containsExactly("-1.0");
    }
}
