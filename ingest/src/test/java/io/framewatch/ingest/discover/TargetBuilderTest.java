package io.framewatch.ingest.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetBuilderTest {

    private static ScrapeConfig job(String keys) {
        return PrometheusConfig.parse(
                        Path.of("p.yml"), "scrape_configs:\n- job_name: j\n" + keys.indent(2))
                .scrapeConfigs()
                .getFirst();
    }

    private static TargetSet build(ScrapeConfig job, String... addresses) {
        TargetGroup group =
                new TargetGroup(List.of(addresses), Labels.of("__meta_x", "m", "k", "v"));
        return TargetBuilder.build(job, List.of(group));
    }

    @Test
    void defaultsAndParameters() {
        Target target =
                build(job("params: {module: [a, b]}\nmetrics_path: probe"), "h:1")
                        .active()
                        .getFirst();
        assertThat(target.uri()).hasToString("http://h:1/probe?module=a&module=b");
        assertThat(target.labels()).isEqualTo(Labels.of("instance", "h:1", "job", "j", "k", "v"));
        assertThat(target.discovered().get("__scrape_interval__")).isEqualTo("1m");
        assertThat(target.discovered().get("__param_module")).isEqualTo("a");
    }

    @Test
    void relabellingSteersAddressPathAndTimes() {
        Target target =
                build(
                                job(
                                        """
                                        relabel_configs:
                                        - {source_labels: [__address__], target_label: __param_target}
                                        - {source_labels: [__address__], target_label: instance}
                                        - {target_label: __address__, replacement: 'blackbox:9115'}
                                        - {target_label: __metrics_path__, replacement: /probe}
                                        - {target_label: __scheme__, replacement: https}
                                        - {target_label: __scrape_interval__, replacement: 5s}
                                        - {target_label: __scrape_timeout__, replacement: 3s}
                                        """),
                                "cam.example/stream".replace("/stream", ":80"))
                        .active()
                        .getFirst();
        assertThat(target.uri()).hasToString("https://blackbox:9115/probe?target=cam.example%3A80");
        assertThat(target.labels().get("instance")).isEqualTo("cam.example:80");
        assertThat(target.intervalMs()).isEqualTo(5000);
        assertThat(target.timeoutMs()).isEqualTo(3000);
    }

    @Test
    void sameTargetTwiceIsScrapedOnceAndDroppedOnesAreKept() {
        TargetSet set =
                build(
                        job(
                                "relabel_configs: [{source_labels: [__address__], regex: 'x:.*',"
                                        + " action: drop}]"),
                        "h:1",
                        "h:1",
                        "x:1");
        assertThat(set.active()).hasSize(1);
        assertThat(set.dropped()).hasSize(1);
    }

    @Test
    void addressesThatAreNoneAreTold() {
        TargetSet set = build(job(""), "http://h:1", "h o:1", "[::1]:80");
        assertThat(set.problems()).hasSize(2);
        assertThat(set.active()).hasSize(1);
    }
}
