package io.framewatch.query.promql.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.parse.PromqlParser;
import org.junit.jupiter.api.Test;

final class ExprPrinterTest {

    private static final int QUERIES = 2000;

    @Test
    void whatIsPrintedParsesToTheSame() {
        for (long seed = 1; seed <= QUERIES; seed++) {
            String query = new QueryGenerator(seed).vector(4);
            Expr expr = PromqlParser.parse(query);
            String printed = ExprPrinter.print(expr);
            Expr again = PromqlParser.parse(printed);
            assertThat(ExprJson.describe(again))
                    .as("seed %d: %s -> %s", seed, query, printed)
                    .isEqualTo(ExprJson.describe(expr));
            assertThat(ExprPrinter.print(again)).as("seed %d", seed).isEqualTo(printed);
            String pretty = PrettyPrinter.print(expr);
            assertThat(ExprPrinter.print(PromqlParser.parse(pretty)))
                    .as("seed %d: %s", seed, pretty)
                    .isEqualTo(printed);
        }
    }

    @Test
    void longExpressionsAreOpened() {
        String query =
                "sum by (instance) (rate(http_requests_total{job=\"a-very-long-job-name\"}[5m])) / "
                        + "sum by (instance) (rate(http_requests_total[5m]))";
        assertThat(PrettyPrinter.print(PromqlParser.parse(query)))
                .isEqualTo(
                        """
                          sum by (instance) (rate(http_requests_total{job="a-very-long-job-name"}[5m]))
                        /
                          sum by (instance) (rate(http_requests_total[5m]))\
                        """);
    }

    @Test
    void aTreeIsDescribedAsTheApiDoes() {
        assertThat(ExprJson.describe(PromqlParser.parse("foo/bar")))
                .containsEntry("type", "binaryExpr")
                .containsEntry("op", "/")
                .containsEntry("bool", false)
                .containsKeys("lhs", "rhs", "matching");
    }
}
