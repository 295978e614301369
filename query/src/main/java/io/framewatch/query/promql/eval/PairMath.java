package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.model.histogram.HistogramText;
import io.framewatch.model.histogram.HistogramTrim;
import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.Expr.Binary;
import org.jspecify.annotations.Nullable;

/// One operator on two samples of any kind. Reused from pair to pair: the answer stands in
/// [#value()] and [#histogram()] after a call that returned true.
final class PairMath {

    private final QueryRun run;
    private final Binary binary;
    private final BinaryOp op;
    private double value;
    private @Nullable NativeHistogram histogram;

    PairMath(QueryRun run, Binary binary) {
        this.run = run;
        this.binary = binary;
        this.op = binary.op();
    }

    double value() {
        return value;
    }

    @Nullable NativeHistogram histogram() {
        return histogram;
    }

    /// Computes; false where there is no result. With `bool` the answer of a comparison is 0 or 1,
    /// else it is the left sample where the comparison holds.
    boolean compute(
            double left,
            @Nullable NativeHistogram leftHistogram,
            double right,
            @Nullable NativeHistogram rightHistogram) {
        histogram = null;
        if (leftHistogram == null && rightHistogram == null) {
            return floats(left, right);
        }
        if (leftHistogram != null && rightHistogram != null) {
            return histograms(leftHistogram, rightHistogram);
        }
        return leftHistogram != null
                ? histogramAndFloat(leftHistogram, right)
                : floatAndHistogram(left, rightHistogram);
    }

    private boolean floats(double left, double right) {
        if (op.kind() == BinaryOp.Kind.TRIM) {
            return incompatible("float", "float");
        }
        if (op.isComparison()) {
            return compared(BinaryMath.compare(op, left, right), left, null);
        }
        value = BinaryMath.arithmetic(op, left, right);
        return true;
    }

    private boolean compared(boolean holds, double left, @Nullable NativeHistogram leftHistogram) {
        if (binary.returnBool()) {
            value = holds ? 1 : 0;
            return true;
        }
        value = left;
        histogram = leftHistogram;
        return holds;
    }

    private boolean histograms(NativeHistogram left, NativeHistogram right) {
        return switch (op) {
            case EQL -> compared(HistogramText.same(left, right), 0, left);
            case NEQ -> compared(!HistogramText.same(left, right), 0, left);
            case ADD -> combined(left, right, true);
            case SUB -> combined(left, right, false);
            case MUL, DIV, POW, MOD, ATAN2, LTE, LSS, GTE, GTR, TRIM_UPPER, TRIM_LOWER ->
                    incompatible("histogram", "histogram");
            case OR, AND, UNLESS -> throw new IllegalStateException("no math: " + op);
        };
    }

    private boolean combined(NativeHistogram left, NativeHistogram right, boolean add) {
        if (!HistogramSum.compatible(left, right)) {
            run.annotations().warn(binary.span(), RangeWarnings.MIXED_BUCKETS);
            return false;
        }
        HistogramSum sum = HistogramSum.of(left);
        String name = add ? "addition" : "subtraction";
        if (add) {
            sum.add(right);
        } else {
            sum.subtract(right).hint(ResetHint.GAUGE);
        }
        RangeWarnings.reconciled(run.annotations(), binary.span(), sum, name);
        RangeWarnings.conflict(run.annotations(), binary.span(), sum.resetConflict(), name);
        histogram = sum.build();
        return true;
    }

    private boolean histogramAndFloat(NativeHistogram left, double right) {
        switch (op) {
            case MUL -> histogram = HistogramSum.of(left).scale(right).build();
            case DIV -> histogram = HistogramSum.of(left).divide(right).build();
            case TRIM_UPPER -> histogram = HistogramTrim.keepBelow(left, right);
            case TRIM_LOWER -> histogram = HistogramTrim.keepAbove(left, right);
            default -> {
                return incompatible("histogram", "float");
            }
        }
        return true;
    }

    private boolean floatAndHistogram(double left, @Nullable NativeHistogram right) {
        if (op == BinaryOp.MUL && right != null) {
            histogram = HistogramSum.of(right).scale(left).build();
            return true;
        }
        return incompatible("float", "histogram");
    }

    private boolean incompatible(String left, String right) {
        run.annotations()
                .info(
                        binary.span(),
                        "incompatible sample types encountered for binary operator \""
                                + op.sign()
                                + "\": "
                                + left
                                + " "
                                + op.sign()
                                + " "
                                + right);
        return false;
    }
}
