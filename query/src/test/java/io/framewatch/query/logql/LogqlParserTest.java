package io.framewatch.query.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogqlParserTest {

    @Test
    void keepsPositionsWhenLeavesBecomeMetrics() {
        String text =
                "sum by (level) (\n  rate({app=\"a\"} |= \"x)\" [5m])\n) / topk(2, count_over_time({b=\"c\"}[1m] offset 1h))";
        LogqlExpr.Numbers parsed = (LogqlExpr.Numbers) LogqlParser.parse(text);
        String promql = parsed.query().promql();
        assertThat(promql).hasSameSizeAs(text);
        assertThat(promql.replaceAll("\\s+", " "))
                .isEqualTo("sum by (level) ( _l0 ) / topk(2, _l1 )");
        assertThat(parsed.query().leaves()).hasSize(2);
        assertThat(parsed.query().leaves().get(1).offsetMs()).isEqualTo(3_600_000);
        assertThat(promql.indexOf('\n')).isEqualTo(text.indexOf('\n'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a=\"b\"}",
                "{a=\"b\", c=~\"d|e\",} |= `x` or \"y\" != \"z\" | json | a.b=\"c\" and d > 5 or e <= 10ms",
                "{a=\"b\"} | logfmt --strict x, y=\"z\" | line_format \"{{.x | upper}} {{if .y}}y{{end}}\" | keep x | drop y=\"1\"",
                "{a=\"b\"} # comment\n |~ \"c\"",
                "vector(1)+vector(1)",
                "sum(rate({a=\"b\"}[5m] |= \"x\")) by (c) > bool 1e3",
                "quantile_over_time(0.99, {a=\"b\"} | json | unwrap duration(d) | __error__=\"\" [1m]) by (c)",
                "sum(count_over_time(({a=\"b\"} |= \"x\")[1m]))",
                "label_replace(rate({a=\"b\"}[1m]), \"x\", \"$1\", \"a\", \"(.*)\")"
            })
    void accepts(String text) {
        assertThat(LogqlParser.parse(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{a=\"b\" ~ line 1, col 7",
                "{a=\"b\"} |= x ~ line 1, col 12",
                "sum(foo) ~ line 1, col 5",
                "sum({a=\"b\"}) ~ line 1, col 5",
                "rate({a=\"b\"}[x]) ~ line 1, col 14",
                "{a=\"b\"} | logfmt | x > abc ~ line 1, col 24",
                "{a=\"b\"} | nope ~ line 1, col 15"
            })
    void refusesWithThePosition(String text, String position) {
        assertThatThrownBy(() -> LogqlParser.parse(text))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().what()).contains(position.strip()));
    }
}
