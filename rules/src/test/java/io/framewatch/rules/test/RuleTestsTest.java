package io.framewatch.rules.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.Conformance;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rule tests: what passes and fails here passes and fails in promtool.
@Tag("conformance")
final class RuleTestsTest {

    private final RuleTests tests = new RuleTests(new ManualClock(0));
    @TempDir Path folder;

    private static List<String> failures(RuleTestReport report) {
        List<String> failures = new ArrayList<>(report.problems());
        report.results()
                .forEach(result ->
                        result.failures().forEach(f -> failures.add(result.name() + ": " + f)));
        return failures;
    }

    private Path promtool(String name) {
        Path file = Conformance.folder("prometheus").resolve("promtool").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "skipped: conformance data absent");
        return file;
    }

    @Test
    void whatPassesInPromtoolPassesHere() {
        for (String name :
                List.of("unittest.yml", "at-modifier-test.yml", "no-test-group-interval.yml")) {
            assertThat(failures(tests.run(promtool(name)))).as(name).isEmpty();
        }
        assertThat(tests.run(promtool("rules_run.yml"), name -> name.contains("correct")).passed())
                .isTrue();
        assertThat(
                        tests.run(promtool("rules_run_fuzzy.yml"), name -> name.contains("correct"))
                                .passed())
                .isTrue();
    }

    @Test
    void whatFailsInPromtoolFailsHere() {
        for (String name :
                List.of(
                        "bad-promql.yml",
                        "bad-rules-syntax-test.yml",
                        "bad-rules-error-test.yml",
                        "failing.yml",
                        "rules_run.yml",
                        "rules_run_fuzzy.yml")) {
            assertThat(tests.run(promtool(name)).passed()).as(name).isFalse();
        }
    }

    @Test
    void testsOfTheFieldPass() {
        List<String> failures = new ArrayList<>();
        List<Path> files = Conformance.files("kubernetes-mixin/tests", "yaml");
        Assumptions.assumeFalse(files.isEmpty(), "skipped: conformance data absent");
        files.forEach(file -> failures.addAll(failures(tests.run(file))));
        assertThat(failures).isEmpty();
    }

    @Test
    void alertsOfTheMissionNeverFireWherePromtoolSaysSo() {
        Path file = Conformance.shared("mission").resolve("configs/never-fires.test.yml");
        Assumptions.assumeTrue(Files.exists(file), "skipped: mission data absent");
        RuleTestReport report = tests.run(file);
        assertThat(failures(report)).isEmpty();
        assertThat(report.results()).hasSizeGreaterThan(10);
    }

    @Test
    void aFailureShowsWhatWasExpectedAndWhatCame() throws Exception {
        Files.writeString(
                folder.resolve("r.yml"),
                "groups: [{name: g, rules: [{alert: A, expr: up == 0, for: 1m}]}]");
        Path file =
                Files.writeString(
                        folder.resolve("t.yml"),
                        """
                        rule_files: ["*r.yml"]
                        tests:
                          - name: down
                            start_timestamp: "2026-01-01T00:00:00Z"
                            input_series: [{series: 'up{i="a"}', values: '0x10'}]
                            alert_rule_test:
                              - {eval_time: 30s, alertname: A, exp_alerts: []}
                              - {eval_time: 2m, alertname: A, exp_alerts: []}
                            promql_expr_test:
                              - {expr: time(), eval_time: 1m, exp_samples: [{value: 1767225660}]}
                              - {expr: up, eval_time: 1m, exp_samples: [{labels: up, value: 1}]}
                        """);
        RuleTestReport report = tests.run(file);
        assertThat(report.results().getFirst().failures())
                .containsExactly(
                        """
                        alert A at 2m:
                          expected nothing
                          got      {alertname="A", i="a"} with {}\
                        """,
                        """
                        expression up at 1m:
                          expected up 1.0
                          got      up{i="a"} 0.0\
                        """);
    }
}
