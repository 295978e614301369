package io.framewatch.query.promql.print;

import io.framewatch.model.FloatFormat;
import io.framewatch.query.promql.ast.DurationExpr;
import io.framewatch.query.promql.ast.DurationExpr.Arithmetic;
import io.framewatch.query.promql.ast.DurationExpr.Literal;
import io.framewatch.query.promql.ast.DurationExpr.Negated;
import io.framewatch.query.promql.ast.DurationExpr.Op;
import io.framewatch.query.promql.ast.DurationExpr.Parenthesized;
import io.framewatch.query.promql.ast.DurationExpr.Range;
import io.framewatch.query.promql.ast.DurationExpr.Step;

/// Prints durations: `1h30m`, `step() + 1m`.
public final class DurationPrinter {

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] UNITS_MS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
    };
    private static final int EXACT_UNITS = 2;

    private DurationPrinter() {}

    /// Milliseconds with units. Years and weeks are used only where they leave no rest.
    public static String units(long ms) {
        if (ms == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder(ms < 0 ? "-" : "");
        long rest = Math.abs(ms);
        for (int i = 0; i < UNITS.length; i++) {
            boolean skip = i < EXACT_UNITS && rest % UNITS_MS[i] != 0;
            long count = skip ? 0 : rest / UNITS_MS[i];
            if (count > 0) {
                out.append(count).append(UNITS[i]);
                rest -= count * UNITS_MS[i];
            }
        }
        return out.toString();
    }

    /// A duration where one stands alone: a bare number gets units.
    static String print(DurationExpr duration) {
        return duration instanceof Literal literal
                ? units(Math.round(literal.seconds() * 1000))
                : inner(duration);
    }

    private static String inner(DurationExpr duration) {
        return switch (duration) {
            case Literal(_, double seconds, boolean units) ->
                    units ? units(Math.round(seconds * 1000)) : FloatFormat.general(seconds);
            case Step _ -> "step()";
            case Range _ -> "range()";
            case Negated negated -> "-" + operand(negated.operand(), Op.POW.precedence());
            case Parenthesized parenthesized -> "(" + inner(parenthesized.inner()) + ")";
            case Arithmetic(_, Op op, DurationExpr left, DurationExpr right) ->
                    op.precedence() == 0
                            ? op.sign() + "(" + inner(left) + ", " + inner(right) + ")"
                            : inner(left) + " " + op.sign() + " " + inner(right);
        };
    }

    private static String operand(DurationExpr operand, int precedenceMin) {
        boolean loose =
                operand instanceof Arithmetic a
                        && a.op().precedence() > 0
                        && a.op().precedence() < precedenceMin;
        return loose ? "(" + inner(operand) + ")" : inner(operand);
    }
}
