package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.DurationExpr;
import io.framewatch.query.promql.ast.DurationExpr.Arithmetic;
import io.framewatch.query.promql.ast.DurationExpr.Literal;
import io.framewatch.query.promql.ast.DurationExpr.Negated;
import io.framewatch.query.promql.ast.DurationExpr.Parenthesized;
import io.framewatch.query.promql.ast.DurationExpr.Range;
import io.framewatch.query.promql.ast.DurationExpr.Step;
import org.jspecify.annotations.Nullable;

/// The lengths of durations and the times of `@`, which may depend on the query's range.
final class Durations {

    private static final double SECONDS_MAX = Long.MAX_VALUE / 1e9;

    private final QueryRun run;

    Durations(QueryRun run) {
        this.run = run;
    }

    /// A length that must be positive, milliseconds.
    long positiveMs(DurationExpr duration) {
        long ms = ms(duration);
        if (ms <= 0) {
            throw run.fault(
                    duration.span(),
                    "duration must be greater than 0",
                    "Mend the duration expression.");
        }
        return ms;
    }

    /// An offset, 0 for none, milliseconds.
    long offsetMs(@Nullable DurationExpr offset) {
        return offset == null ? 0 : ms(offset);
    }

    private long ms(DurationExpr duration) {
        double seconds = seconds(duration);
        if (Double.isNaN(seconds) || Math.abs(seconds) > SECONDS_MAX) {
            throw run.fault(
                    duration.span(), "duration is out of range", "Mend the duration expression.");
        }
        return Math.round(seconds * 1000);
    }

    private double seconds(DurationExpr duration) {
        return switch (duration) {
            case Literal literal -> literal.seconds();
            case Step _ -> stepMs() / 1000.0;
            case Range _ -> rangeMs() / 1000.0;
            case Negated negated -> -seconds(negated.operand());
            case Parenthesized parenthesized -> seconds(parenthesized.inner());
            case Arithmetic arithmetic -> arithmetic(arithmetic);
        };
    }

    private double arithmetic(Arithmetic arithmetic) {
        double left = seconds(arithmetic.left());
        double right = seconds(arithmetic.right());
        boolean division =
                arithmetic.op() == DurationExpr.Op.DIV || arithmetic.op() == DurationExpr.Op.MOD;
        if (division && right == 0) {
            throw run.fault(arithmetic.span(), "division by zero", "Mend the duration expression.");
        }
        return switch (arithmetic.op()) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> left / right;
            case MOD -> left % right;
            case POW -> Math.pow(left, right);
            case MIN_OF -> Math.min(left, right);
            case MAX_OF -> Math.max(left, right);
        };
    }

    /// Step of the query, 0 for an instant query, milliseconds.
    long stepMs() {
        return run.isRange() ? run.outer().stepMs() : 0;
    }

    /// End minus start of the query, milliseconds.
    long rangeMs() {
        return run.outer().endMs() - run.outer().startMs();
    }

    /// The fixed time `@` names, or null.
    @Nullable Long atMs(At at) {
        return switch (at.kind()) {
            case NONE -> null;
            case TIME -> (Long) at.timestampMs();
            case START -> (Long) run.outer().startMs();
            case END -> (Long) run.outer().endMs();
        };
    }
}
