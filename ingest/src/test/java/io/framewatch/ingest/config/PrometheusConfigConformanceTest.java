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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
            String told = e.fault().what().replace(FOLDER + "/", "");
            if (!bad) {
                fail(told);
            }
            assertThat(e.fault().code()).isEqualTo("config_invalid");
            String name = file.getFileName().toString();
            List<String> lines = told.lines().skip(1).map(String::strip).toList();
            assertThat(lines).as(name).isEqualTo(PROBLEMS.get(name));
        }
    }

    /// What each bad file must be told, read by a person beside the file and its EXPECTED.yaml: the
    /// place and the real problem, in our words.
    private static final Map<String, List<String>> PROBLEMS = problems();

    private static Map<String, List<String>> problems() {
        Map<String, List<String>> problems = new HashMap<>();
        try (InputStream in =
                PrometheusConfigConformanceTest.class.getResourceAsStream("problems.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n")) {
                List<String> lines = block.lines().toList();
                problems.put(lines.getFirst(), lines.subList(1, lines.size()));
            }
            return problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> requestSettings() {
        return Conformance.files("prometheus-common/config/testdata", "").stream()
                .filter(file -> !file.endsWith("http.conf.invalid-bearer-token-file.bad.yml"))
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> checkRequests(file)));
    }

    /// A token file that is missing is told when a request needs it, so that one file is left out.
    private static void checkRequests(Path file) throws IOException {
        YamlProblems problems = new YamlProblems();
        Source source = new Source(file, Source.folderOf(file), problems, _ -> null);
        Section section = source.top(Files.readString(file));
        String name = file.getFileName().toString();
        if (name.startsWith("tls_config")) {
            HttpSection.tls(section);
        } else {
            HttpSection.read(section);
        }
        section.end();
        assertThat(problems.isEmpty())
                .as(problems.all().toString())
                .isEqualTo(!name.contains(".bad"));
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
