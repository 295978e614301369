package io.framewatch.query.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.query.promql.ast.Expr;
import org.junit.jupiter.api.Test;

final class ParsedQueriesTest {

    private final ParsedQueries queries = new ParsedQueries();

    @Test
    void theSameTextIsParsedOnce() {
        Expr first = queries.parse("sum(rate(x[5m]))");
        assertThat(queries.parse(new String("sum(rate(x[5m]))"))).isSameAs(first);
        assertThat(queries.parse("sum(rate(x[5m])) ")).isNotSameAs(first);
    }

    @Test
    void noMoreThanTheLatestAreKept() {
        Expr first = queries.parse("x0");
        Expr used = queries.parse("x1");
        for (int i = 2; i < ParsedQueries.KEPT_MAX + 1; i++) {
            queries.parse("x1");
            queries.parse("x" + i);
        }
        assertThat(queries.size()).isEqualTo(ParsedQueries.KEPT_MAX);
        assertThat(queries.parse("x1")).isSameAs(used);
        assertThat(queries.parse("x0")).isNotSameAs(first);
    }

    @Test
    void longAndWrongTextsAreNotKept() {
        queries.parse("x" + " + x".repeat(900));
        assertThatThrownBy(() -> queries.parse("sum(")).isInstanceOf(FaultException.class);
        assertThat(queries.size()).isZero();
    }
}
