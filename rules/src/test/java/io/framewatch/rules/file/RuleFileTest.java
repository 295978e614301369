package io.framewatch.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.testkit.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Rule files: what they hold, what is wrong with them, and those of the field.
@Tag("conformance")
final class RuleFileTest {

    @Test
    void aFileReadsWhole() {
        RuleFile file =
                RuleFile.read(
                        "a.yml",
                        """
                        groups:
                          - name: g
                            interval: 30s
                            limit: 10
                            query_offset: 1m
                            labels: {team: video, tier: "1"}
                            rules:
                              - record: a:b
                                expr: sum(up)
                                labels: {tier: "2"}
                              - alert: A
                                expr: up == 0
                                for: 5m
                                keep_firing_for: 1h30m
                                annotations: {summary: "{{ $value }}"}
                        """);
        assertThat(file.rules()).isEqualTo(2);
        RuleGroup group = file.groups().getFirst();
        assertThat(group.intervalMs()).isEqualTo(30_000);
        assertThat(group.queryOffsetMs()).isEqualTo(60_000);
        assertThat(group.limit()).isEqualTo(10);
        assertThat(group.rules().getFirst())
                .isEqualTo(
                        new Rule.Recording("a:b", "sum(up)", Map.of("team", "video", "tier", "2")));
        assertThat(group.rules().getLast())
                .isEqualTo(
                        new Rule.Alerting(
                                "A",
                                "up == 0",
                                300_000,
                                5_400_000,
                                Map.of("team", "video", "tier", "1"),
                                Map.of("summary", "{{ $value }}")));
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        List<String> problems =
                RuleFile.check(
                                "a.yml",
                                """
                                groups:
                                  - name: g
                                    intervall: 30s
                                    rules:
                                      - alert: A
                                        expr: rate(x)
                                        for: soon
                                        annotations: {summary: "{{ $nope }}"}
                                      - record: r
                                        expr: up
                                        for: 5m
                                  - name: g
                                """)
                        .stream()
                        .map(YamlProblem::toString)
                        .toList();
        assertThat(problems)
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        "a.yml:3:5: unknown key `intervall`; did you mean `interval`?"))
                .anySatisfy(p ->
                        assertThat(p).startsWith("a.yml:6:15: the expression does not parse: 1:"))
                .anySatisfy(p -> assertThat(p).startsWith("a.yml:7:14: expected a duration"))
                .anySatisfy(p ->
                        assertThat(p).contains("a.yml:8:").contains("undefined variable $nope"))
                .anySatisfy(
                        p -> assertThat(p).startsWith("a.yml:11:9: a recording rule has no `for`"))
                .anySatisfy(p ->
                        assertThat(p).startsWith("a.yml:12:5: the group `g` stands here twice"))
                .hasSize(6);
    }

    @Test
    void aMissingFileIsAFault() {
        assertThatThrownBy(() -> RuleFile.read(Path.of("/nowhere/a.yml")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void theReferenceRefusesAndAcceptsTheSameFiles() throws Exception {
        Path folder = Conformance.folder("prometheus").resolve("rulefmt");
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: conformance data absent");
        Set<String> legacyOnly = Set.of("legacy_validation_annotation.bad.yaml");
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.equals("EXPECTED.yaml")) {
                    continue;
                }
                boolean bad = name.contains(".bad.") && !legacyOnly.contains(name);
                if (RuleFile.check(name, Files.readString(file)).isEmpty() == bad) {
                    wrong.add(name + " is " + (bad ? "accepted" : "refused"));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void ruleFilesOfTheFieldRead() throws Exception {
        List<Path> files = new ArrayList<>();
        files.addAll(Conformance.files("awesome-prometheus-alerts", "yml"));
        for (Path file : Conformance.files("kubernetes-mixin", "yaml")) {
            if (!file.toString().contains("tests")) {
                files.add(file);
            }
        }
        for (Path file : Conformance.files("prometheus/rules-fixtures", "yaml")) {
            if (!file.endsWith("invalid_rules.yaml")) {
                files.add(file);
            }
        }
        Path mission = Conformance.shared("mission").resolve("configs");
        for (String name : List.of("000_1", "002_1", "004_1", "004_2")) {
            Path file = mission.resolve("rules_" + name + ".yml");
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        Assumptions.assumeFalse(files.isEmpty(), "skipped: conformance data absent");
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            RuleFile.check(file.toString(), Files.readString(file))
                    .forEach(problem -> problems.add(problem.toString()));
        }
        assertThat(problems).isEmpty();
    }
}
