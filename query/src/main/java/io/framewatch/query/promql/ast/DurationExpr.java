package io.framewatch.query.promql.ast;

/// A duration inside brackets or after `offset`: a literal or arithmetic over literals, the query's
/// step and its range.
public sealed interface DurationExpr {

    /// Where it stands.
    Span span();

    /// A number of seconds, written as a number or with units.
    ///
    /// @param seconds the value
    /// @param units whether it was written with units
    record Literal(Span span, double seconds, boolean units) implements DurationExpr {}

    /// The step of the query: `step()`.
    record Step(Span span) implements DurationExpr {}

    /// End minus start of the query: `range()`.
    record Range(Span span) implements DurationExpr {}

    /// A sign before an operand; a plus is dropped by the parser.
    record Negated(Span span, DurationExpr operand) implements DurationExpr {}

    /// An operand in parentheses.
    record Parenthesized(Span span, DurationExpr inner) implements DurationExpr {}

    /// Two operands.
    record Arithmetic(Span span, Op op, DurationExpr left, DurationExpr right)
            implements DurationExpr {}

    /// Operators and two-argument functions.
    enum Op {
        ADD("+", 1),
        SUB("-", 1),
        MUL("*", 2),
        DIV("/", 2),
        MOD("%", 2),
        POW("^", 3),
        MIN_OF("min_of", 0),
        MAX_OF("max_of", 0);

        private final String sign;
        private final int precedence;

        Op(String sign, int precedence) {
            this.sign = sign;
            this.precedence = precedence;
        }

        /// As written.
        public String sign() {
            return sign;
        }

        /// Higher binds tighter; 0 for the functions.
        public int precedence() {
            return precedence;
        }
    }
}
