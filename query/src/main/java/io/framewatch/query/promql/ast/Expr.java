package io.framewatch.query.promql.ast;

import io.framewatch.model.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of a PromQL expression.
public sealed interface Expr {

    /// Where it stands in the text.
    Span span();

    /// What it evaluates to.
    ValueType type();

    /// A number; a duration such as `5m` is its seconds.
    ///
    /// @param units whether it was written with units
    record NumberLiteral(Span span, double value, boolean units) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /// A text.
    record StringLiteral(Span span, String value) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /// How the boundaries of a selector are computed.
    enum Mode {
        PLAIN,
        /// From the last sample at or before each boundary.
        ANCHORED,
        /// By interpolation between the samples around each boundary.
        SMOOTHED
    }

    /// An instant selector.
    ///
    /// @param name the metric name written before the braces, or empty
    /// @param matchers all conditions, that of the name included
    /// @param offset shift into the past, or null
    record VectorSelector(
            Span span,
            String name,
            List<Matcher> matchers,
            At at,
            @Nullable DurationExpr offset,
            Mode mode)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /// A range selector; modifiers stand in `selector`.
    record MatrixSelector(Span span, VectorSelector selector, DurationExpr range) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /// An expression evaluated over a range.
    ///
    /// @param step its step, or null for the default one
    record Subquery(
            Span span,
            Expr inner,
            DurationExpr range,
            @Nullable DurationExpr step,
            At at,
            @Nullable DurationExpr offset)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /// A function call.
    record Call(Span span, FunctionSignature function, List<Expr> arguments) implements Expr {
        @Override
        public ValueType type() {
            return function.returns();
        }
    }

    /// An aggregation.
    ///
    /// @param parameter of the operators that take one, else null
    /// @param grouping the labels of `by` or `without`
    record Aggregate(
            Span span,
            AggregateOp op,
            Expr inner,
            @Nullable Expr parameter,
            List<String> grouping,
            boolean without)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /// An operator between two expressions.
    ///
    /// @param returnBool whether a comparison answers 0 or 1 instead of filtering
    /// @param matching null unless both sides are vectors
    record Binary(
            Span span,
            BinaryOp op,
            Expr left,
            Expr right,
            boolean returnBool,
            @Nullable VectorMatching matching)
            implements Expr {
        @Override
        public ValueType type() {
            boolean scalar = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
            return scalar ? ValueType.SCALAR : ValueType.VECTOR;
        }
    }

    /// A sign before an expression.
    record Unary(Span span, boolean minus, Expr inner) implements Expr {
        @Override
        public ValueType type() {
            return inner.type();
        }
    }

    /// An expression in parentheses.
    record Paren(Span span, Expr inner) implements Expr {
        @Override
        public ValueType type() {
            return inner.type();
        }
    }

    /// This expression without the parentheses around it.
    default Expr unwrapped() {
        Expr expr = this;
        while (expr instanceof Paren paren) {
            expr = paren.inner();
        }
        return expr;
    }
}
