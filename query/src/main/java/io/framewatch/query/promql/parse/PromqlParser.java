package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.NumberLiteral;
import io.framewatch.query.promql.ast.Expr.Paren;
import io.framewatch.query.promql.ast.Expr.StringLiteral;
import io.framewatch.query.promql.ast.Expr.Unary;
import io.framewatch.query.promql.ast.FunctionSignature;
import io.framewatch.query.promql.ast.Functions;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.parse.MatchingParser.Modifiers;
import io.framewatch.query.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses PromQL by recursive descent with operator precedence. Precedence, from loose to tight:
/// `or`; `and`, `unless`; comparisons; `+`, `-`; `*`, `/`, `%`, `atan2`; `^`, which groups to the
/// right. A sign binds looser than `^` and tighter than `*`.
public final class PromqlParser {

    /// Longest query accepted, characters.
    public static final int QUERY_LENGTH_MAX = 262_144;

    /// Deepest nesting accepted.
    public static final int NESTING_MAX = 250;

    /// Most operators accepted.
    public static final int OPERATORS_MAX = 1_000;

    private final TokenStream tokens;
    private final ParseFaults faults;
    private final SelectorParser selectors;
    private final MatchingParser matching;
    private final PostfixParser postfix;
    private int nesting;
    private int operators;

    private PromqlParser(String text) {
        this.faults = new ParseFaults(text);
        this.tokens = new TokenStream(new Lexer(text, faults).tokens(), faults);
        this.selectors = new SelectorParser(tokens);
        this.matching = new MatchingParser(tokens);
        this.postfix = new PostfixParser(tokens);
    }

    /// Parses and type-checks a whole query.
    ///
    /// Throws `FaultException` with code `promql_parse` whose text starts with `line:column`.
    public static Expr parse(String text) {
        if (text.length() > QUERY_LENGTH_MAX) {
            throw new ParseFaults("")
                    .at(0, "the query has more than " + QUERY_LENGTH_MAX + " characters");
        }
        Expr expr = new PromqlParser(text).whole();
        new TypeCheck(new ParseFaults(text)).check(expr);
        return expr;
    }

    private Expr whole() {
        if (tokens.peek().kind() == Kind.END) {
            throw faults.at(0, "no expression found in input", "Write an expression.");
        }
        Expr expr = expression();
        if (tokens.peek().kind() != Kind.END) {
            throw unexpectedAfter(expr);
        }
        return expr;
    }

    private RuntimeException unexpectedAfter(Expr expr) {
        Token token = tokens.peek();
        String what = "unexpected " + token.words();
        if (token.isSign("=")) {
            return faults.at(token.start(), what, "Compare with ==.");
        }
        if (token.isSign("[")) {
            return faults.at(token.start(), "ranges only allowed for vector selectors");
        }
        boolean words = expr instanceof Expr.VectorSelector && token.kind() == Kind.WORD;
        return words
                ? faults.at(token.start(), what, "Put an operator between the two names.")
                : faults.at(token.start(), what);
    }

    private Expr expression() {
        if (++nesting > NESTING_MAX) {
            throw faults.at(
                    tokens.peek().start(), "more than " + NESTING_MAX + " nested expressions");
        }
        Expr expr = binary(1);
        nesting--;
        return expr;
    }

    private Expr binary(int precedenceMin) {
        Expr left = power();
        while (true) {
            BinaryOp op = operator();
            if (op == null || op.precedence() < precedenceMin) {
                return left;
            }
            takeOperator();
            Modifiers modifiers = matching.modifiers(op);
            Expr right = binary(op.precedence() + 1);
            left = combine(op, left, modifiers, right);
        }
    }

    /// A sign, or an operand with the powers after it.
    private Expr power() {
        Token token = tokens.peek();
        if (token.isSign("+") || token.isSign("-")) {
            tokens.take();
            countOperator(token);
            return signed(token, nestedPower());
        }
        Expr left = postfix.parse(primary());
        if (!tokens.peek().isSign("^")) {
            return left;
        }
        takeOperator();
        Modifiers modifiers = matching.modifiers(BinaryOp.POW);
        return combine(BinaryOp.POW, left, modifiers, nestedPower());
    }

    private Expr nestedPower() {
        if (++nesting > NESTING_MAX) {
            throw faults.at(
                    tokens.peek().start(), "more than " + NESTING_MAX + " nested expressions");
        }
        Expr expr = power();
        nesting--;
        return expr;
    }

    private Expr signed(Token sign, Expr operand) {
        Span span = new Span(sign.start(), operand.span().end());
        boolean minus = sign.isSign("-");
        return operand instanceof NumberLiteral number
                ? new NumberLiteral(span, minus ? -number.value() : number.value(), number.units())
                : new Unary(span, minus, operand);
    }

    private Expr combine(BinaryOp op, Expr left, Modifiers modifiers, Expr right) {
        boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
        return new Binary(
                left.span().to(right.span()),
                op,
                left,
                right,
                modifiers.returnBool(),
                vectors || modifiers.explicit() ? modifiers.matching(op) : null);
    }

    private void takeOperator() {
        countOperator(tokens.take());
    }

    private void countOperator(Token token) {
        if (++operators > OPERATORS_MAX) {
            throw faults.at(token.start(), "more than " + OPERATORS_MAX + " operators");
        }
    }

    private @Nullable BinaryOp operator() {
        Token token = tokens.peek();
        if (token.kind() == Kind.SIGN || token.kind() == Kind.WORD) {
            for (BinaryOp op : BinaryOp.values()) {
                if (token.text().equalsIgnoreCase(op.sign())) {
                    return op;
                }
            }
        }
        return null;
    }

    private Expr primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER, DURATION -> number(tokens.take());
            case STRING ->
                    new StringLiteral(tokens.take().span(), SelectorParser.string(token, faults));
            case WORD -> word();
            case SIGN -> sign();
            case END -> throw faults.at(token.start(), "unexpected end of input");
        };
    }

    private Expr sign() {
        Token token = tokens.peek();
        if (token.isSign("{")) {
            return selectors.selector();
        }
        if (!token.isSign("(")) {
            throw tokens.unexpected("", "");
        }
        tokens.take();
        Expr inner = closed(token);
        closeParenthesis(token);
        return new Paren(tokens.since(token.start()), inner);
    }

    private Expr closed(Token open) {
        if (tokens.peek().kind() == Kind.END) {
            throw unclosed(open);
        }
        return expression();
    }

    private void closeParenthesis(Token open) {
        if (tokens.peek().kind() == Kind.END) {
            throw unclosed(open);
        }
        tokens.expectSign(")", "");
    }

    private RuntimeException unclosed(Token open) {
        return faults.at(open.start(), "unclosed left parenthesis", "Close the parenthesis.");
    }

    private Expr number(Token token) {
        boolean units = token.kind() == Kind.DURATION;
        Double value =
                units
                        ? (Double) new DurationParser(tokens).durationSeconds(token)
                        : Literals.number(token.text());
        if (value == null) {
            throw faults.at(token.start(), "number out of range: " + token.text());
        }
        return new NumberLiteral(token.span(), value, units);
    }

    private Expr word() {
        Token word = tokens.peek();
        Token next = tokens.peek(1);
        if (word.isWord("inf") || word.isWord("nan")) {
            tokens.take();
            double value = word.isWord("inf") ? Double.POSITIVE_INFINITY : Double.NaN;
            return new NumberLiteral(word.span(), value, false);
        }
        AggregateOp aggregate = AggregateOp.find(word.text());
        if (aggregate != null && (next.isSign("(") || isGrouping(next))) {
            return aggregate(aggregate);
        }
        if (next.isSign("(") && !MatchingParser.isReserved(word)) {
            return call();
        }
        if (MatchingParser.isReserved(word)) {
            throw faults.at(word.start(), "unexpected <" + word.text() + ">");
        }
        return selectors.selector();
    }

    private static boolean isGrouping(Token token) {
        return token.isWord("by") || token.isWord("without");
    }

    private Expr aggregate(AggregateOp op) {
        Token word = tokens.take();
        boolean without = false;
        List<String> grouping = List.of();
        boolean grouped = false;
        if (isGrouping(tokens.peek())) {
            without = tokens.take().isWord("without");
            grouping = matching.labels();
            grouped = true;
        }
        List<Expr> arguments = arguments("aggregation");
        if (!grouped && isGrouping(tokens.peek())) {
            without = tokens.take().isWord("without");
            grouping = matching.labels();
        }
        Span span = tokens.since(word.start());
        int expected = op.parameter() == null ? 1 : 2;
        if (arguments.isEmpty()) {
            throw faults.at(span, "no arguments for aggregate expression provided");
        }
        if (arguments.size() != expected) {
            throw faults.at(
                    span,
                    "wrong number of arguments for aggregate expression provided, expected "
                            + expected
                            + ", got "
                            + arguments.size());
        }
        Expr parameter = expected == 2 ? arguments.getFirst() : null;
        return new Aggregate(span, op, arguments.getLast(), parameter, grouping, without);
    }

    private Expr call() {
        Token name = tokens.take();
        FunctionSignature function = Functions.find(name.text());
        if (function == null) {
            function = Functions.find(name.text().toLowerCase(java.util.Locale.ROOT));
            boolean keyword = function != null && KEYWORD_FUNCTIONS.contains(function.name());
            if (!keyword || function == null) {
                String near = NearestName.of(name.text());
                throw faults.at(
                        name.start(),
                        "unknown function with name \"" + name.text() + "\"",
                        near == null ? "Look the function up in the docs." : "Use " + near + ".");
            }
        }
        List<Expr> arguments = arguments("function call");
        return new Call(tokens.since(name.start()), function, arguments);
    }

    /// Functions whose names are keywords and so may be written in any case.
    private static final List<String> KEYWORD_FUNCTIONS =
            List.of("step", "range", "start", "end", "min_of", "max_of");

    private List<Expr> arguments(String where) {
        Token open = tokens.expectSign("(", where);
        List<Expr> arguments = new ArrayList<>();
        if (tokens.takeSign(")")) {
            return arguments;
        }
        do {
            if (tokens.peek().isSign(")")) {
                throw faults.at(
                        tokens.peek().start(),
                        "trailing commas not allowed in function call args",
                        "Remove the comma before the parenthesis.");
            }
            arguments.add(closed(open));
        } while (tokens.takeSign(","));
        closeParenthesis(open);
        return arguments;
    }
}
