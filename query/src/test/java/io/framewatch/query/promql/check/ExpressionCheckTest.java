package io.framewatch.query.promql.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
final class ExpressionCheckTest {

    /// Found in dashboards, and refused by every PromQL parser whatever the variables are: a range
    /// behind an arithmetic expression, and a sum of a range.
    private static final List<String> NEVER_VALID =
            List.of("* 8[$__rate_interval]", "sum(pyrra_requests:rate5m{slo=");

    @Test
    void tellsLineAndMend() {
        ExpressionCheck.Report report =
                new ExpressionCheck(false)
                        .check(List.of("# comment", "", "sum(x)", "ratee(x[5m])"));
        assertThat(report.passed()).isEqualTo(1);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.what()).contains("1:1", "unknown function", "Use rate.");
                });
    }

    @Test
    void readsJsonLines() {
        ExpressionCheck.Report report =
                new ExpressionCheck(false).check(List.of("{\"expr\": \"sum(x)\"}", "{\"expr\""));
        assertThat(report.passed()).isEqualTo(1);
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    void variablesBecomeWhatTheirPlaceNeeds() {
        assertThat(
                        DashboardVariables.substitute(
                                "topk($n, rate(${m}_total{a=\"$x\"}[$__rate_interval])) by ($by)"))
                .isEqualTo("topk(5, rate(variable_total{a=\"variable\"}[5m])) by (variable)");
    }

    @Test
    void expressionsOfDashboardsParse() throws IOException {
        Path file = Corpus.find("derived/promql-templated.jsonl");
        if (file == null) {
            return;
        }
        Corpus corpus = Corpus.of("promql-templated");
        ExpressionCheck check = new ExpressionCheck(true);
        for (String line : Files.readAllLines(file)) {
            if (NEVER_VALID.stream().anyMatch(line::contains)) {
                corpus.skip();
                continue;
            }
            List<ExpressionCheck.Problem> problems = check.check(List.of(line)).problems();
            corpus.check(problems.isEmpty(), problems + "");
        }
        corpus.finish();
    }
}
