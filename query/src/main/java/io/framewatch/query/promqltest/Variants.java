package io.framewatch.query.promqltest;

import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.DurationExpr;
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
import io.framewatch.query.promql.print.ExprPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Other ways to ask the same question as an instant query.
final class Variants {

    private static final Set<String> TIME_DEPENDENT =
            Set.of(
                    "day_of_month",
                    "day_of_week",
                    "day_of_year",
                    "days_in_month",
                    "end",
                    "hour",
                    "minute",
                    "month",
                    "predict_linear",
                    "range",
                    "start",
                    "start_timestamp",
                    "step",
                    "time",
                    "timestamp",
                    "year");

    private Variants() {}

    /// Whether the answer depends on where the query's range starts and ends.
    static boolean dependsOnRange(Expr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _ -> false;
            case VectorSelector s -> dependsOnRange(s.at()) || dependsOnRange(s.offset());
            case MatrixSelector m -> dependsOnRange(m.selector()) || dependsOnRange(m.range());
            case Subquery s ->
                    dependsOnRange(s.inner())
                            || dependsOnRange(s.at())
                            || dependsOnRange(s.range())
                            || dependsOnRange(s.step())
                            || dependsOnRange(s.offset());
            case Call c ->
                    Set.of("start", "end", "step", "range").contains(c.function().name())
                            || c.arguments().stream().anyMatch(Variants::dependsOnRange);
            case Aggregate a ->
                    dependsOnRange(a.inner())
                            || a.parameter() != null && dependsOnRange(a.parameter());
            case Binary b -> dependsOnRange(b.left()) || dependsOnRange(b.right());
            case Unary u -> dependsOnRange(u.inner());
            case Paren p -> dependsOnRange(p.inner());
        };
    }

    private static boolean dependsOnRange(At at) {
        return at.kind() == At.Kind.START || at.kind() == At.Kind.END;
    }

    private static boolean dependsOnRange(@Nullable DurationExpr duration) {
        return duration != null && !(duration instanceof DurationExpr.Literal);
    }

    /// The query with `@ timeMs` on every selector and subquery that has none and does not stand in
    /// a subquery; null if its answer would still depend on when it is asked.
    static @Nullable String pinned(Expr expr, long timeMs) {
        return isTimeDependent(expr)
                ? null
                : ExprPrinter.print(pin(expr, new At(At.Kind.TIME, timeMs)));
    }

    private static boolean isTimeDependent(Expr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _, VectorSelector _, MatrixSelector _ -> false;
            case Subquery s -> isTimeDependent(s.inner());
            case Call c ->
                    TIME_DEPENDENT.contains(c.function().name())
                            || c.arguments().stream().anyMatch(Variants::isTimeDependent);
            case Aggregate a ->
                    isTimeDependent(a.inner())
                            || a.parameter() != null && isTimeDependent(a.parameter());
            case Binary b -> isTimeDependent(b.left()) || isTimeDependent(b.right());
            case Unary u -> isTimeDependent(u.inner());
            case Paren p -> isTimeDependent(p.inner());
        };
    }

    private static Expr pin(Expr expr, At at) {
        return switch (expr) {
            case NumberLiteral n -> n;
            case StringLiteral s -> s;
            case VectorSelector s -> pin(s, at);
            case MatrixSelector m -> new MatrixSelector(m.span(), pin(m.selector(), at), m.range());
            case Subquery s ->
                    s.at().kind() == At.Kind.NONE
                            ? new Subquery(s.span(), s.inner(), s.range(), s.step(), at, s.offset())
                            : s;
            case Call c -> pin(c, at);
            case Aggregate a -> {
                Expr parameter = a.parameter();
                yield new Aggregate(
                        a.span(),
                        a.op(),
                        pin(a.inner(), at),
                        parameter == null ? null : pin(parameter, at),
                        a.grouping(),
                        a.without());
            }
            case Binary b ->
                    new Binary(
                            b.span(),
                            b.op(),
                            pin(b.left(), at),
                            pin(b.right(), at),
                            b.returnBool(),
                            b.matching());
            case Unary u -> new Unary(u.span(), u.minus(), pin(u.inner(), at));
            case Paren p -> new Paren(p.span(), pin(p.inner(), at));
        };
    }

    private static Expr pin(Call call, At at) {
        boolean info = call.function().name().equals("info");
        List<Expr> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            Expr argument = call.arguments().get(i);
            arguments.add(info && i == 1 ? argument : pin(argument, at));
        }
        return new Call(call.span(), call.function(), arguments);
    }

    private static VectorSelector pin(VectorSelector s, At at) {
        return s.at().kind() == At.Kind.NONE
                ? new VectorSelector(s.span(), s.name(), s.matchers(), at, s.offset(), s.mode())
                : s;
    }
}
