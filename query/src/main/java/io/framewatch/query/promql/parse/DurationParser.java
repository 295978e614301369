package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.DurationExpr;
import io.framewatch.query.promql.ast.DurationExpr.Arithmetic;
import io.framewatch.query.promql.ast.DurationExpr.Literal;
import io.framewatch.query.promql.ast.DurationExpr.Negated;
import io.framewatch.query.promql.ast.DurationExpr.Op;
import io.framewatch.query.promql.ast.DurationExpr.Parenthesized;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.parse.Token.Kind;
import org.jspecify.annotations.Nullable;

/// Durations in brackets and after `offset`.
final class DurationParser {

    private static final String EXPECTED = "number, duration, step(), or range()";
    private static final double SECONDS_MAX = Long.MAX_VALUE / 1e9;
    private static final int NESTING_MAX = 100;

    private final TokenStream tokens;
    private int nesting;

    DurationParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// Arithmetic, as allowed in brackets.
    DurationExpr expression(String where) {
        return binary(1, where);
    }

    /// A sign and one operand, as allowed after `offset`.
    DurationExpr offset() {
        int start = tokens.peek().start();
        boolean minus = tokens.takeSign("-");
        if (!minus) {
            tokens.takeSign("+");
        }
        DurationExpr operand = primary("offset");
        return minus ? negate(start, operand) : operand;
    }

    private DurationExpr binary(int precedenceMin, String where) {
        int start = tokens.peek().start();
        DurationExpr left = unary(where);
        while (true) {
            Op op = operator();
            if (op == null || op.precedence() < precedenceMin) {
                return left;
            }
            tokens.take();
            boolean rightBinds = op == Op.POW;
            DurationExpr right = binary(rightBinds ? op.precedence() : op.precedence() + 1, where);
            refuseDivisionByZero(op, right);
            left = new Arithmetic(tokens.since(start), op, left, right);
        }
    }

    private void refuseDivisionByZero(Op op, DurationExpr right) {
        if (right instanceof Literal literal && literal.seconds() == 0) {
            if (op == Op.DIV) {
                throw tokens.faults().at(literal.span(), "division by zero");
            }
            if (op == Op.MOD) {
                throw tokens.faults().at(literal.span(), "modulo by zero");
            }
        }
    }

    private @Nullable Op operator() {
        Token token = tokens.peek();
        if (token.kind() != Kind.SIGN) {
            return null;
        }
        for (Op op : Op.values()) {
            if (op.precedence() > 0 && token.isSign(op.sign())) {
                return op;
            }
        }
        return null;
    }

    private DurationExpr unary(String where) {
        int start = tokens.peek().start();
        if (tokens.takeSign("-")) {
            return negate(start, binary(Op.POW.precedence(), where));
        }
        if (tokens.takeSign("+")) {
            return binary(Op.POW.precedence(), where);
        }
        return primary(where);
    }

    private DurationExpr negate(int start, DurationExpr operand) {
        Span span = tokens.since(start);
        return operand instanceof Literal literal
                ? new Literal(span, -literal.seconds(), literal.units())
                : new Negated(span, operand);
    }

    private DurationExpr primary(String where) {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER, DURATION -> literal();
            case WORD -> word(where);
            case SIGN -> parenthesized(where);
            case END, STRING -> throw tokens.unexpected(where, EXPECTED);
        };
    }

    private DurationExpr parenthesized(String where) {
        int start = tokens.peek().start();
        if (!tokens.takeSign("(")) {
            throw tokens.unexpected(where, EXPECTED);
        }
        if (++nesting > NESTING_MAX) {
            throw tokens.faults().at(start, "more than " + NESTING_MAX + " nested parentheses");
        }
        DurationExpr inner = binary(1, where);
        tokens.expectSign(")", where);
        nesting--;
        return new Parenthesized(tokens.since(start), inner);
    }

    private DurationExpr word(String where) {
        Token word = tokens.peek();
        if (word.isWord("step") || word.isWord("range")) {
            if (!tokens.peek(1).isSign("(")) {
                tokens.take();
                throw tokens.unexpected(where, EXPECTED);
            }
            tokens.take();
            tokens.take();
            tokens.expectSign(")", where);
            Span span = tokens.since(word.start());
            return word.isWord("step") ? new DurationExpr.Step(span) : new DurationExpr.Range(span);
        }
        if (word.isWord("min_of") || word.isWord("max_of")) {
            tokens.take();
            tokens.expectSign("(", where);
            DurationExpr left = binary(1, where);
            tokens.expectSign(",", where);
            DurationExpr right = binary(1, where);
            tokens.expectSign(")", where);
            Op op = word.isWord("min_of") ? Op.MIN_OF : Op.MAX_OF;
            return new Arithmetic(tokens.since(word.start()), op, left, right);
        }
        throw tokens.unexpected(where, EXPECTED);
    }

    private DurationExpr literal() {
        Token token = tokens.take();
        boolean units = token.kind() == Kind.DURATION;
        Double seconds = Literals.number(units ? "0" : token.text());
        if (units) {
            seconds = durationSeconds(token);
        }
        if (seconds == null || Math.abs(seconds) > SECONDS_MAX) {
            throw tokens.faults().at(token.span(), "duration out of range");
        }
        return new Literal(token.span(), seconds, units);
    }

    /// Seconds of a duration token; throws for one that is none.
    double durationSeconds(Token token) {
        Long ms = Literals.durationMs(token.text());
        if (ms == null) {
            throw tokens.faults()
                    .at(
                            token.span(),
                            "not a valid duration string: \"" + token.text() + "\"",
                            "Write units from large to small: y, w, d, h, m, s, ms.");
        }
        return ms / 1000.0;
    }
}
