package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.At;
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
import java.util.Set;

/// Tells which expressions have the same value at every step, so that one step is enough.
final class Invariance {

    /// Functions whose value depends on the time of the step whatever their arguments.
    private static final Set<String> TIME_DEPENDENT =
            Set.of(
                    "day_of_month",
                    "day_of_week",
                    "day_of_year",
                    "days_in_month",
                    "hour",
                    "minute",
                    "month",
                    "predict_linear",
                    "start_timestamp",
                    "time",
                    "timestamp",
                    "year",
                    "info");

    private Invariance() {}

    static boolean isSameAtEveryStep(Expr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _ -> false;
            case VectorSelector _,
                    Aggregate _,
                    Binary _,
                    Unary _,
                    Call _,
                    Paren _,
                    MatrixSelector _,
                    Subquery _ ->
                    fixed(expr) && !isConstant(expr);
        };
    }

    private static boolean isConstant(Expr expr) {
        Expr inner = expr.unwrapped();
        return inner instanceof NumberLiteral || inner instanceof StringLiteral;
    }

    private static boolean fixed(Expr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _ -> true;
            case VectorSelector selector -> selector.at().kind() != At.Kind.NONE;
            case MatrixSelector matrix -> matrix.selector().at().kind() != At.Kind.NONE;
            case Subquery subquery -> subquery.at().kind() != At.Kind.NONE;
            case Call call ->
                    !TIME_DEPENDENT.contains(call.function().name())
                            && call.arguments().stream().allMatch(Invariance::fixed);
            case Aggregate aggregate ->
                    fixed(aggregate.inner())
                            && (aggregate.parameter() == null || fixed(aggregate.parameter()));
            case Binary binary -> fixed(binary.left()) && fixed(binary.right());
            case Unary unary -> fixed(unary.inner());
            case Paren paren -> fixed(paren.inner());
        };
    }
}
