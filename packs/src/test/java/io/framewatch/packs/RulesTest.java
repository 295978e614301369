package io.framewatch.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.rules.file.RuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The alerts on live pictures, checked and played through.
class RulesTest {

    private static final Path RULES = Path.of("src/main/resources/packs/live/rules.yml");
    private static final Path SCENARIOS = Path.of("src/test/resources/packs/live/rules.test.yml");

    @Test
    void every_alert_says_what_and_why() throws IOException {
        List<String> lines = Files.readAllLines(RULES);
        long alerts = count(lines, "- alert: ");

        assertThat(alerts).isGreaterThan(8);
        assertThat(count(lines, "summary: ")).isEqualTo(alerts);
        assertThat(count(lines, "description: ")).isEqualTo(alerts);
        assertThat(count(lines, "cause: ")).isEqualTo(alerts);
        assertThat(count(lines, "severity: ")).isEqualTo(alerts);
    }

    private static long count(List<String> lines, String start) {
        return lines.stream().filter(line -> line.trim().startsWith(start)).count();
    }

    @Test
    void the_rules_engine_accepts_the_rules() {
        assertThat(RuleFile.read(RULES).groups()).hasSize(2);
    }

    @Test
    void promtool_accepts_the_rules() throws Exception {
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
    }

    @Test
    void alerts_fire_in_time_and_only_then() throws Exception {
        assertThat(promtool("test", "rules", SCENARIOS.toString())).contains("SUCCESS");
    }

    /// What promtool says. Skips the test where it is not installed.
    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("no promtool on the path");
            return "";
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
