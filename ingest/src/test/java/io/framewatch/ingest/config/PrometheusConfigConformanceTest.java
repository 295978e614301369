package io.framewatch.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.testkit.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Prometheus's own good and bad configuration files.
@Tag("conformance")
final class PrometheusConfigConformanceTest {

    private static final Path FOLDER = Conformance.folder("prometheus/config");

    @TestFactory
    Stream<DynamicTest> configurationFiles() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "skipped: conformance data absent");
        YamlProblems problems = new YamlProblems();
        String text = Files.readString(FOLDER.resolve("EXPECTED.yaml"));
        YamlMap expected = YamlValue.parse("EXPECTED.yaml", text, problems).map();
        Set<String> bad = new HashSet<>(expected.textMap("rejected").keySet());
        bad.addAll(expected.texts("rejected_when_included_scrape_configs_are_resolved"));
        bad.addAll(expected.texts("incompatible_with_translation_strategy"));
        Set<String> neither =
                new HashSet<>(expected.texts("invalid_fragments_used_by_other_files"));
        List<Path> files = Conformance.files("prometheus/config", "yml");
        return files.stream()
                .filter(file -> !neither.contains(file.getFileName().toString()))
                .map(file ->
                        DynamicTest.dynamicTest(
                                FOLDER.relativize(file).toString(),
                                () -> check(file, bad.contains(file.getFileName().toString()))));
    }

    private static void check(Path file, boolean bad) {
        try {
            PrometheusConfig.read(file);
            if (bad) {
                fail("accepted");
            }
        } catch (FaultException e) {
            if (!bad) {
                fail(String.valueOf(e.getMessage()));
            }
            assertThat(e.fault().code()).isEqualTo("config_invalid");
            assertThat(e.fault().what()).containsPattern(".yml:\\d+:\\d+: ");
        }
    }

    @Test
    void readsTheMissionsFiles() {
        Path folder = Conformance.shared("mission/configs");
        assumeTrue(Files.isDirectory(folder), "skipped: mission files absent");
        PrometheusConfig nodes = PrometheusConfig.read(folder.resolve("prom_002.yml"));
        assertThat(nodes.global().externalLabels().get("cluster")).isEqualTo("vms-production");
        assertThat(nodes.scrapeConfigs()).extracting(ScrapeConfig::jobName).hasSize(6);
        assertThat(nodes.scrapeConfigs().getFirst().intervalMs()).isEqualTo(15_000);
        PrometheusConfig platform = PrometheusConfig.read(folder.resolve("prom_004.yml"));
        assertThat(platform.ruleFiles()).containsExactly("alerts/*.yml");
        assertThat(platform.scrapeConfigs().get(3).metricsPath())
                .isEqualTo("/minio/v2/metrics/cluster");
        assertThat(platform.alerting().alertmanagers()).hasSize(1);
    }
}
