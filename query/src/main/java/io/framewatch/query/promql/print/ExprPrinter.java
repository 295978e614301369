package io.framewatch.query.promql.print;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.NumberLiteral;
import io.framewatch.query.promql.ast.Expr.Paren;
import io.framewatch.query.promql.ast.Expr.StringLiteral;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.Unary;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.ast.VectorMatching;
import io.framewatch.query.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// Prints a tree on one line, in the form Prometheus prints it. The text parses to the same tree.
public final class ExprPrinter {

    private ExprPrinter() {}

    /// The text of `expr`.
    public static String print(Expr expr) {
        return switch (expr) {
            case NumberLiteral number -> number(number);
            case StringLiteral string -> Quoting.string(string.value());
            case VectorSelector selector -> selector(selector) + modifiers(selector);
            case MatrixSelector matrix ->
                    selector(matrix.selector())
                            + "["
                            + DurationPrinter.print(matrix.range())
                            + "]"
                            + modifiers(matrix.selector());
            case Subquery subquery -> print(subquery.inner()) + subqueryTail(subquery);
            case Call call ->
                    call.function().name()
                            + call.arguments().stream()
                                    .map(ExprPrinter::print)
                                    .collect(Collectors.joining(", ", "(", ")"));
            case Aggregate aggregate -> aggregate(aggregate);
            case Binary binary ->
                    left(binary) + " " + operator(binary) + " " + print(binary.right());
            case Unary unary -> (unary.minus() ? "-" : "+") + print(unary.inner());
            case Paren paren -> "(" + print(paren.inner()) + ")";
        };
    }

    /// The left side; infinity before `^` without its plus, which would bind looser than `^`.
    private static String left(Binary binary) {
        String left = print(binary.left());
        return binary.op() == BinaryOp.POW && left.startsWith("+") ? left.substring(1) : left;
    }

    static String number(NumberLiteral number) {
        return number.units()
                ? DurationPrinter.units(Math.round(number.value() * 1000))
                : FloatFormat.general(number.value());
    }

    private static String selector(VectorSelector selector) {
        List<String> conditions = new ArrayList<>();
        for (Matcher matcher : selector.matchers()) {
            boolean isName =
                    matcher.name().equals(Labels.NAME)
                            && matcher.op() == Matcher.Op.EQUAL
                            && !selector.name().isEmpty()
                            && matcher.value().equals(selector.name());
            if (!isName) {
                conditions.add(matcher(matcher));
            }
        }
        if (conditions.isEmpty()) {
            return selector.name();
        }
        return selector.name() + "{" + String.join(",", conditions) + "}";
    }

    static String matcher(Matcher matcher) {
        return Quoting.label(matcher.name())
                + matcher.op().sign()
                + Quoting.string(matcher.value());
    }

    static String modifiers(VectorSelector selector) {
        String mode =
                selector.mode() == Mode.PLAIN
                        ? ""
                        : " " + selector.mode().name().toLowerCase(Locale.ROOT);
        String offset =
                selector.offset() == null
                        ? ""
                        : " offset " + DurationPrinter.print(selector.offset());
        return mode + at(selector.at()) + offset;
    }

    private static String at(At at) {
        return switch (at.kind()) {
            case NONE -> "";
            case START -> " @ start()";
            case END -> " @ end()";
            case TIME -> String.format(Locale.ROOT, " @ %.3f", at.timestampMs() / 1000.0);
        };
    }

    static String subqueryTail(Subquery subquery) {
        String step = subquery.step() == null ? "" : DurationPrinter.print(subquery.step());
        String offset =
                subquery.offset() == null
                        ? ""
                        : " offset " + DurationPrinter.print(subquery.offset());
        return "["
                + DurationPrinter.print(subquery.range())
                + ":"
                + step
                + "]"
                + at(subquery.at())
                + offset;
    }

    private static String aggregate(Aggregate aggregate) {
        String parameter = aggregate.parameter() == null ? "" : print(aggregate.parameter()) + ", ";
        return aggregateHead(aggregate) + "(" + parameter + print(aggregate.inner()) + ")";
    }

    static String aggregateHead(Aggregate aggregate) {
        String head = aggregate.op().word();
        if (aggregate.without()) {
            return head + " without (" + Quoting.labels(aggregate.grouping()) + ") ";
        }
        return aggregate.grouping().isEmpty()
                ? head
                : head + " by (" + Quoting.labels(aggregate.grouping()) + ") ";
    }

    static String operator(Binary binary) {
        StringBuilder out = new StringBuilder(binary.op().sign());
        if (binary.returnBool()) {
            out.append(" bool");
        }
        VectorMatching matching = binary.matching();
        if (matching != null) {
            matching(out, matching);
        }
        return out.toString();
    }

    private static void matching(StringBuilder out, VectorMatching matching) {
        boolean grouped =
                matching.cardinality() == Cardinality.MANY_TO_ONE
                        || matching.cardinality() == Cardinality.ONE_TO_MANY;
        if (matching.on() || !matching.labels().isEmpty() || grouped) {
            out.append(matching.on() ? " on (" : " ignoring (")
                    .append(Quoting.labels(matching.labels()))
                    .append(')');
        }
        if (grouped) {
            boolean left = matching.cardinality() == Cardinality.MANY_TO_ONE;
            out.append(left ? " group_left (" : " group_right (")
                    .append(Quoting.labels(matching.include()))
                    .append(')');
        }
        fills(out, matching);
    }

    private static void fills(StringBuilder out, VectorMatching matching) {
        Double left = matching.fillLeft();
        Double right = matching.fillRight();
        if (left != null && Objects.equals(left, right)) {
            out.append(" fill (").append(FloatFormat.general(left)).append(')');
            return;
        }
        if (left != null) {
            out.append(" fill_left (").append(FloatFormat.general(left)).append(')');
        }
        if (right != null) {
            out.append(" fill_right (").append(FloatFormat.general(right)).append(')');
        }
    }
}
