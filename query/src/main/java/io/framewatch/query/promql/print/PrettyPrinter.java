package io.framewatch.query.promql.print;

import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.NumberLiteral;
import io.framewatch.query.promql.ast.Expr.Paren;
import io.framewatch.query.promql.ast.Expr.StringLiteral;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.Unary;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import java.util.stream.Collectors;

/// Prints a tree over several lines: what is longer than a line is opened, two spaces a level.
public final class PrettyPrinter {

    private static final int LINE_MAX = 100;

    private PrettyPrinter() {}

    /// The text of `expr`.
    public static String print(Expr expr) {
        return print(expr, 0);
    }

    private static String print(Expr expr, int level) {
        String line = ExprPrinter.print(expr);
        if (line.length() <= LINE_MAX) {
            return indent(level) + line;
        }
        return switch (expr) {
            case NumberLiteral _, StringLiteral _, VectorSelector _, MatrixSelector _ ->
                    indent(level) + line;
            case Subquery subquery ->
                    print(subquery.inner(), level) + ExprPrinter.subqueryTail(subquery);
            case Call call ->
                    opened(
                            call.function().name(),
                            call.arguments().stream()
                                    .map(argument -> print(argument, level + 1))
                                    .collect(Collectors.joining(",\n")),
                            level);
            case Aggregate aggregate -> aggregate(aggregate, level);
            case Binary binary ->
                    print(binary.left(), level + 1)
                            + "\n"
                            + indent(level)
                            + ExprPrinter.operator(binary)
                            + "\n"
                            + print(binary.right(), level + 1);
            case Unary unary ->
                    indent(level)
                            + (unary.minus() ? "-" : "+")
                            + print(unary.inner(), level).strip();
            case Paren paren -> opened("", print(paren.inner(), level + 1), level);
        };
    }

    private static String aggregate(Aggregate aggregate, int level) {
        Expr parameter = aggregate.parameter();
        String first = parameter == null ? "" : print(parameter, level + 1) + ",\n";
        return opened(
                ExprPrinter.aggregateHead(aggregate),
                first + print(aggregate.inner(), level + 1),
                level);
    }

    private static String opened(String head, String body, int level) {
        return indent(level) + head + "(\n" + body + "\n" + indent(level) + ")";
    }

    private static String indent(int level) {
        return "  ".repeat(level);
    }
}
