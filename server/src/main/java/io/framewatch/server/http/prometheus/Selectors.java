package io.framewatch.server.http.prometheus;

import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;

/// Reads series selectors from parameters, and finds those inside an expression.
final class Selectors {

    private Selectors() {}

    /// The matchers of a selector such as `up{job="x"}`; anything else is `parameter_invalid`.
    static List<Matcher> read(String parameter, String text) {
        Expr expr;
        try {
            expr = PromqlParser.parse(text);
        } catch (FaultException e) {
            throw ApiRequest.bad("invalid parameter \"" + parameter + "\": " + e.fault().what());
        }
        if (expr instanceof Expr.VectorSelector selector) {
            return selector.matchers();
        }
        throw ApiRequest.bad(
                "invalid parameter \"" + parameter + "\": expected a series selector: " + text);
    }

    /// The matchers of every selector in an expression. Throws `promql_parse`.
    static List<List<Matcher>> inside(String query) {
        List<List<Matcher>> found = new ArrayList<>();
        collect(PromqlParser.parse(query), found);
        return found;
    }

    private static void collect(Expr expr, List<List<Matcher>> found) {
        switch (expr) {
            case Expr.VectorSelector selector -> found.add(selector.matchers());
            case Expr.MatrixSelector matrix -> found.add(matrix.selector().matchers());
            case Expr.Subquery subquery -> collect(subquery.inner(), found);
            case Expr.Call call -> call.arguments().forEach(inner -> collect(inner, found));
            case Expr.Aggregate aggregate -> {
                collect(aggregate.inner(), found);
                if (aggregate.parameter() != null) {
                    collect(aggregate.parameter(), found);
                }
            }
            case Expr.Binary binary -> {
                collect(binary.left(), found);
                collect(binary.right(), found);
            }
            case Expr.Unary unary -> collect(unary.inner(), found);
            case Expr.Paren paren -> collect(paren.inner(), found);
            case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
        }
    }
}
