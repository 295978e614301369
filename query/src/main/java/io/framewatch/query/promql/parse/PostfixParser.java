package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.DurationExpr;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.parse.Token.Kind;
import org.jspecify.annotations.Nullable;

/// What stands after an operand: a range or subquery, `offset`, `@`, `anchored`, `smoothed`.
final class PostfixParser {

    private static final String MEND_ORDER = "Put the range before the modifier.";

    private final TokenStream tokens;
    private final ParseFaults faults;
    private final DurationParser durations;

    PostfixParser(TokenStream tokens) {
        this.tokens = tokens;
        this.faults = tokens.faults();
        this.durations = new DurationParser(tokens);
    }

    Expr parse(Expr operand) {
        Expr expr = operand;
        while (true) {
            Token token = tokens.peek();
            if (token.isSign("[")) {
                expr = bracket(expr);
            } else if (token.isWord("offset")) {
                expr = offset(expr);
            } else if (token.isSign("@")) {
                expr = at(expr);
            } else if (token.isWord("anchored") || token.isWord("smoothed")) {
                expr = mode(expr);
            } else {
                return expr;
            }
        }
    }

    private Expr bracket(Expr operand) {
        Token open = tokens.take();
        if (tokens.peek().kind() == Kind.END) {
            throw faults.at(
                    tokens.peek().start(),
                    "unexpected end of input in duration expression",
                    "Close the bracket.");
        }
        DurationExpr range = durations.expression("subquery or range selector");
        refuseNotPositive(range);
        Token after = tokens.peek();
        if (after.isSign(":")) {
            tokens.take();
            return subquery(operand, range);
        }
        if (!after.isSign("]")) {
            throw tokens.unexpected("duration expression", "\":\" or \"]\"");
        }
        tokens.take();
        return matrix(operand, range, open);
    }

    private void refuseNotPositive(DurationExpr duration) {
        if (duration instanceof DurationExpr.Literal literal && literal.seconds() <= 0) {
            throw faults.at(literal.span(), "duration must be greater than 0");
        }
    }

    private Expr matrix(Expr operand, DurationExpr range, Token open) {
        if (!(operand instanceof VectorSelector selector)) {
            throw faults.at(
                    open.start(),
                    "ranges only allowed for vector selectors",
                    operand.type() == ValueType.VECTOR
                            ? "Write a subquery, as in (expression)[5m:]."
                            : "Remove the range.");
        }
        if (selector.offset() != null) {
            throw faults.at(
                    selector.span(), "no offset modifiers allowed before range", MEND_ORDER);
        }
        if (selector.at().kind() != At.Kind.NONE) {
            throw faults.at(selector.span(), "no @ modifiers allowed before range", MEND_ORDER);
        }
        if (selector.mode() != Mode.PLAIN) {
            throw faults.at(
                    selector.span(),
                    "no anchored or smoothed modifiers allowed before range",
                    MEND_ORDER);
        }
        return new MatrixSelector(tokens.since(operand.span().start()), selector, range);
    }

    private Expr subquery(Expr operand, DurationExpr range) {
        DurationExpr step = null;
        if (!tokens.peek().isSign("]")) {
            step = durations.expression("subquery selector");
            refuseNotPositive(step);
        }
        tokens.expectSign("]", "subquery selector");
        Span span = tokens.since(operand.span().start());
        return new Subquery(span, operand, range, step, At.NONE, null);
    }

    private Expr offset(Expr operand) {
        Token word = tokens.take();
        DurationExpr offset = durations.offset();
        Span span = tokens.since(operand.span().start());
        return switch (operand) {
            case VectorSelector s ->
                    with(s, s.at(), once(s.offset(), offset, word), s.mode(), span);
            case MatrixSelector(Span _, VectorSelector s, DurationExpr range) -> {
                DurationExpr set = once(s.offset(), offset, word);
                yield new MatrixSelector(span, with(s, s.at(), set, s.mode(), s.span()), range);
            }
            case Subquery s ->
                    new Subquery(
                            span,
                            s.inner(),
                            s.range(),
                            s.step(),
                            s.at(),
                            once(s.offset(), offset, word));
            default -> throw misplaced("offset", operand);
        };
    }

    private DurationExpr once(@Nullable DurationExpr before, DurationExpr now, Token word) {
        if (before != null) {
            throw faults.at(word.start(), "offset may not be set multiple times");
        }
        return now;
    }

    private RuntimeException misplaced(String modifier, Expr operand) {
        return faults.at(
                operand.span(),
                modifier
                        + " modifier must be preceded by an instant vector selector or range"
                        + " vector selector or a subquery",
                "Move it behind the selector.");
    }

    private Expr at(Expr operand) {
        Token sign = tokens.take();
        At at = timestamp();
        Span span = tokens.since(operand.span().start());
        return switch (operand) {
            case VectorSelector s -> with(s, once(s.at(), at, sign), s.offset(), s.mode(), span);
            case MatrixSelector(Span _, VectorSelector s, DurationExpr range) ->
                    new MatrixSelector(
                            span,
                            with(s, once(s.at(), at, sign), s.offset(), s.mode(), s.span()),
                            range);
            case Subquery s ->
                    new Subquery(
                            span,
                            s.inner(),
                            s.range(),
                            s.step(),
                            once(s.at(), at, sign),
                            s.offset());
            default -> throw misplaced("@", operand);
        };
    }

    private At once(At before, At now, Token sign) {
        if (before.kind() != At.Kind.NONE) {
            throw faults.at(sign.start(), "@ <timestamp> may not be set multiple times");
        }
        return now;
    }

    private At timestamp() {
        Token token = tokens.peek();
        if (token.isWord("start") || token.isWord("end")) {
            tokens.take();
            tokens.expectSign("(", "@");
            tokens.expectSign(")", "@");
            return new At(token.isWord("start") ? At.Kind.START : At.Kind.END, 0);
        }
        boolean minus = tokens.takeSign("-");
        if (!minus) {
            tokens.takeSign("+");
        }
        Token number = tokens.take();
        Double seconds = null;
        if (number.kind() == Kind.NUMBER) {
            seconds = Literals.number(number.text());
        } else if (number.kind() == Kind.DURATION) {
            seconds = durations.durationSeconds(number);
        } else if (number.isWord("inf") || number.isWord("nan")) {
            throw faults.at(
                    number.start(), "timestamp out of bounds for @ modifier: " + number.text());
        }
        if (seconds == null) {
            throw faults.at(
                    number.start(), "unexpected " + number.words() + " in @, expected timestamp");
        }
        double ms = (minus ? -seconds : seconds) * 1000;
        if (Math.abs(ms) >= Long.MAX_VALUE) {
            throw faults.at(number.start(), "timestamp out of bounds for @ modifier");
        }
        return new At(At.Kind.TIME, Math.round(ms));
    }

    private Expr mode(Expr operand) {
        Token word = tokens.take();
        Mode mode = word.isWord("anchored") ? Mode.ANCHORED : Mode.SMOOTHED;
        Span span = tokens.since(operand.span().start());
        return switch (operand) {
            case VectorSelector s -> with(s, s.at(), s.offset(), once(s.mode(), mode, word), span);
            case MatrixSelector(Span _, VectorSelector s, DurationExpr range) ->
                    new MatrixSelector(
                            span,
                            with(s, s.at(), s.offset(), once(s.mode(), mode, word), s.span()),
                            range);
            default ->
                    throw faults.at(
                            operand.span(),
                            word.text() + " modifier must be preceded by a vector selector");
        };
    }

    private Mode once(Mode before, Mode now, Token word) {
        if (before != Mode.PLAIN) {
            throw faults.at(
                    word.start(), "only one of anchored and smoothed may be set, and only once");
        }
        return now;
    }

    private static VectorSelector with(
            VectorSelector s, At at, @Nullable DurationExpr offset, Mode mode, Span span) {
        return new VectorSelector(span, s.name(), s.matchers(), at, offset, mode);
    }
}
