package io.framewatch.query.promql.ast;

/// The operators between two expressions.
public enum BinaryOp {
    OR("or", 1, Kind.SET),
    AND("and", 2, Kind.SET),
    UNLESS("unless", 2, Kind.SET),
    EQL("==", 3, Kind.COMPARISON),
    NEQ("!=", 3, Kind.COMPARISON),
    LTE("<=", 3, Kind.COMPARISON),
    LSS("<", 3, Kind.COMPARISON),
    GTE(">=", 3, Kind.COMPARISON),
    GTR(">", 3, Kind.COMPARISON),
    ADD("+", 4, Kind.ARITHMETIC),
    SUB("-", 4, Kind.ARITHMETIC),
    MUL("*", 5, Kind.ARITHMETIC),
    DIV("/", 5, Kind.ARITHMETIC),
    MOD("%", 5, Kind.ARITHMETIC),
    ATAN2("atan2", 5, Kind.ARITHMETIC),
    TRIM_UPPER("</", 5, Kind.TRIM),
    TRIM_LOWER(">/", 5, Kind.TRIM),
    POW("^", 6, Kind.ARITHMETIC);

    /// What the operator does with its operands.
    public enum Kind {
        SET,
        COMPARISON,
        ARITHMETIC,
        /// Cuts the buckets of a histogram off above or below a value.
        TRIM
    }

    private final String sign;
    private final int precedence;
    private final Kind kind;

    BinaryOp(String sign, int precedence, Kind kind) {
        this.sign = sign;
        this.precedence = precedence;
        this.kind = kind;
    }

    /// As written.
    public String sign() {
        return sign;
    }

    /// Higher binds tighter.
    public int precedence() {
        return precedence;
    }

    /// What it does.
    public Kind kind() {
        return kind;
    }

    /// Whether it is `and`, `or` or `unless`.
    public boolean isSet() {
        return kind == Kind.SET;
    }

    /// Whether it compares.
    public boolean isComparison() {
        return kind == Kind.COMPARISON;
    }
}
