package io.framewatch.query.promql.parse;

import io.framewatch.model.Matcher;
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
import io.framewatch.query.promql.ast.FunctionSignature;
import io.framewatch.query.promql.ast.ValueType;
import java.util.List;

/// Refuses trees whose parts do not fit together.
final class TypeCheck {

    private static final List<String> ANCHORED =
            List.of("changes", "delta", "increase", "rate", "resets");
    private static final List<String> SMOOTHED = List.of("delta", "increase", "rate");

    private final ParseFaults faults;

    TypeCheck(ParseFaults faults) {
        this.faults = faults;
    }

    void check(Expr expr) {
        switch (expr) {
            case NumberLiteral _, StringLiteral _ -> {}
            case VectorSelector selector -> checkSelector(selector);
            case MatrixSelector matrix -> checkSelector(matrix.selector());
            case Subquery subquery -> checkSubquery(subquery);
            case Call call -> checkCall(call);
            case Aggregate aggregate -> checkAggregate(aggregate);
            case Binary binary -> checkBinary(binary);
            case Unary unary -> checkUnary(unary);
            case Paren paren -> check(paren.inner());
        }
    }

    private void checkSelector(VectorSelector selector) {
        if (selector.matchers().stream().allMatch(Matcher::matchesEmpty)) {
            throw faults.at(
                    selector.span(),
                    "vector selector must contain at least one non-empty matcher",
                    "Name the metric, or use .+ in place of .*.");
        }
    }

    private void checkSubquery(Subquery subquery) {
        check(subquery.inner());
        ValueType type = subquery.inner().type();
        if (type != ValueType.VECTOR) {
            throw faults.at(
                    subquery.span(),
                    "subquery is only allowed on instant vector, got "
                            + type.apiName()
                            + " instead");
        }
    }

    private void checkUnary(Unary unary) {
        check(unary.inner());
        ValueType type = unary.inner().type();
        if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
            throw faults.at(
                    unary.span(),
                    "unary expression only allowed on expressions of type scalar or instant"
                            + " vector, got \""
                            + type.words()
                            + "\"");
        }
    }

    private void checkAggregate(Aggregate aggregate) {
        check(aggregate.inner());
        expect(aggregate.inner(), ValueType.VECTOR, "aggregation expression");
        Expr parameter = aggregate.parameter();
        ValueType wanted = aggregate.op().parameter();
        if (parameter != null && wanted != null) {
            check(parameter);
            expect(parameter, wanted, "aggregation parameter");
        }
    }

    private void expect(Expr expr, ValueType wanted, String where) {
        if (expr.type() != wanted) {
            throw faults.at(
                    expr.span(),
                    "expected type "
                            + wanted.words()
                            + " in "
                            + where
                            + ", got "
                            + expr.type().words(),
                    mend(expr, wanted));
        }
    }

    private static String mend(Expr expr, ValueType wanted) {
        if (wanted == ValueType.MATRIX && expr instanceof VectorSelector) {
            return "Add a range, such as [5m].";
        }
        if (wanted == ValueType.MATRIX && expr.type() == ValueType.VECTOR) {
            return "Make it a subquery, such as (expression)[5m:].";
        }
        if (wanted == ValueType.VECTOR && expr.type() == ValueType.MATRIX) {
            return "Remove the range, or apply a function such as rate to it.";
        }
        if (wanted == ValueType.SCALAR && expr.type() == ValueType.VECTOR) {
            return "Convert it with scalar().";
        }
        if (wanted == ValueType.VECTOR && expr.type() == ValueType.SCALAR) {
            return "Convert it with vector().";
        }
        return "Mend the expression at that position.";
    }

    private void checkCall(Call call) {
        FunctionSignature function = call.function();
        checkCount(call, function);
        for (int i = 0; i < call.arguments().size(); i++) {
            Expr argument = call.arguments().get(i);
            if (i == 1 && function.name().equals("info")) {
                checkInfoSelector(argument);
                continue;
            }
            check(argument);
            expect(argument, function.argument(i), "call to function \"" + function.name() + "\"");
            checkMode(function.name(), argument.unwrapped());
        }
    }

    private void checkMode(String function, Expr argument) {
        if (!(argument instanceof MatrixSelector matrix)) {
            return;
        }
        Mode mode = matrix.selector().mode();
        List<String> allowed = mode == Mode.ANCHORED ? ANCHORED : SMOOTHED;
        if (mode != Mode.PLAIN && !allowed.contains(function)) {
            String word = mode == Mode.ANCHORED ? "anchored" : "smoothed";
            throw faults.at(
                    matrix.span(),
                    word
                            + " modifier can only be used with: "
                            + String.join(", ", allowed)
                            + " - not with "
                            + function,
                    "Remove " + word + ".");
        }
    }

    private void checkCount(Call call, FunctionSignature function) {
        int count = call.arguments().size();
        String wanted = null;
        if (function.variadic() == 0 && count != function.arguments().size()) {
            wanted = "expected " + function.arguments().size();
        } else if (count < function.argumentsMin()) {
            wanted = "expected at least " + function.argumentsMin();
        } else if (count > function.argumentsMax()) {
            wanted = "expected at most " + function.argumentsMax();
        }
        if (wanted != null) {
            throw faults.at(
                    call.span(),
                    wanted + " argument(s) in call to \"" + function.name() + "\", got " + count);
        }
    }

    private void checkInfoSelector(Expr argument) {
        if (!(argument instanceof VectorSelector selector)) {
            throw faults.at(argument.span(), "expected label selectors only");
        }
        if (!selector.name().isEmpty()) {
            throw faults.at(
                    argument.span(),
                    "expected label selectors only, got vector selector instead",
                    "Write the metric as {__name__=\"" + selector.name() + "\"}.");
        }
    }

    private void checkBinary(Binary binary) {
        check(binary.left());
        check(binary.right());
        ValueType left = binary.left().type();
        ValueType right = binary.right().type();
        BinaryOp op = binary.op();
        checkOperand(binary.left());
        checkOperand(binary.right());
        boolean vectors = left == ValueType.VECTOR && right == ValueType.VECTOR;
        if (!vectors && op.isSet()) {
            throw faults.at(
                    binary.span(),
                    "set operator \"" + op.sign() + "\" not allowed in binary scalar expression",
                    "Convert the scalar with vector().");
        }
        if (!vectors && binary.matching() != null) {
            throw faults.at(binary.span(), "vector matching only allowed between instant vectors");
        }
        boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
        if (scalars && op.isComparison() && !binary.returnBool()) {
            throw faults.at(
                    binary.span(),
                    "comparisons between scalars must use BOOL modifier",
                    "Write " + op.sign() + " bool.");
        }
    }

    private void checkOperand(Expr operand) {
        ValueType type = operand.type();
        if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
            throw faults.at(
                    operand.span(),
                    "binary expression must contain only scalar and instant vector types",
                    mend(operand, ValueType.VECTOR));
        }
    }
}
