package io.framewatch.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verbs that need no server: their words and their exit status.
final class CommandsTest {

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) throws InterruptedException {
        return new CommandLineProgram(
                        _ -> {
                            throw new IllegalStateException("nothing is started here");
                        },
                        (_, _) -> {
                            throw new IllegalStateException("nothing is started here");
                        },
                        _ -> "",
                        new PrintWriter(out),
                        new PrintWriter(err))
                .run(args);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void checksExpressions() throws Exception {
        String good = file("good.txt", "# comment\nup\n{\"expr\":\"sum(rate(x[5m]))\"}\n");
        assertThat(run("check", "promql", good)).isZero();
        assertThat(out).hasToString("2 passed, 0 failed" + System.lineSeparator());
        String bad = file("bad.txt", "up\nsum(\n");
        assertThat(run("check", "promql", bad)).isEqualTo(1);
        assertThat(out.toString()).contains(bad + ":2: ").contains("1 passed, 1 failed");
    }

    @Test
    void runsScripts() throws Exception {
        String script =
                file(
                        "a.test",
                        """
                        load 1m
                          x 1 2 3

                        eval instant at 2m x
                          x 3

                        eval instant at 2m x + 1
                          {} 5
                        """);
        assertThat(run("test", "promql", script)).isEqualTo(1);
        assertThat(out.toString()).contains(script + ":7: ").contains("1 passed, 1 failed");
    }

    @Test
    void checksConfigurationsOfBothKinds() throws Exception {
        String ours = file("framewatch.yml", "listen: {adress: x}\n");
        String theirs = file("prometheus.yml", "scrape_configs: [{job_name: a}]\n");
        assertThat(run("check", "config", ours, theirs)).isEqualTo(1);
        assertThat(out.toString())
                .contains("framewatch.yml:1:10: unknown key `adress`")
                .contains("1 passed, 1 failed");
    }

    @Test
    void checksRules() throws Exception {
        String rules = file("r.yml", "groups: [{name: g, rules: [{record: a, expr: 'sum('}]}]\n");
        assertThat(run("check", "rules", rules)).isEqualTo(1);
        assertThat(out.toString()).contains("0 passed, 1 failed");
    }

    @Test
    void missingFilesAreTold() throws InterruptedException {
        assertThat(run("test", "promql", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be read").contains("-> Name a readable");
    }

    @Test
    void unreachableServersAreTold() throws InterruptedException {
        assertThat(run("query", "--url", "http://127.0.0.1:1", "up")).isEqualTo(1);
        assertThat(err.toString()).contains("No server answers at http://127.0.0.1:1.");
    }

    @Test
    void wrongCallsAreToldWithTheWayToCall() throws InterruptedException {
        assertThat(run("serve", "--confg", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("usage: framewatch serve", "--confg");
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run("demo", "--port", "many")).isEqualTo(2);
        assertThat(run("check", "promql")).isEqualTo(2);
        assertThat(run("demo", "--once", "--no-faults")).isEqualTo(1);
        assertThat(err.toString()).contains("leave nothing to do");
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("Runs test cameras through a real pipeline", "serve")
                .doesNotContain("train");
    }
}
