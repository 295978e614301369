package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.BinaryOp;

/// Operators on two floats.
final class BinaryMath {

    private BinaryMath() {}

    /// The result of an arithmetic operator.
    static double arithmetic(BinaryOp op, double left, double right) {
        return switch (op) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> left / right;
            case MOD -> left % right;
            case POW -> power(left, right);
            case ATAN2 -> Math.atan2(left, right);
            case OR, AND, UNLESS, EQL, NEQ, LTE, LSS, GTE, GTR, TRIM_UPPER, TRIM_LOWER ->
                    throw new IllegalStateException("no arithmetic: " + op);
        };
    }

    /// As C and Go define it where Java differs: 1 to any power is 1, and so is -1 to an infinite
    /// one.
    private static double power(double base, double exponent) {
        if (base == 1 || base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        return Math.pow(base, exponent);
    }

    /// Whether a comparison holds.
    static boolean compare(BinaryOp op, double left, double right) {
        return switch (op) {
            case EQL -> left == right;
            case NEQ -> left != right;
            case LTE -> left <= right;
            case LSS -> left < right;
            case GTE -> left >= right;
            case GTR -> left > right;
            case OR, AND, UNLESS, ADD, SUB, MUL, DIV, MOD, POW, ATAN2, TRIM_UPPER, TRIM_LOWER ->
                    throw new IllegalStateException("no comparison: " + op);
        };
    }
}
