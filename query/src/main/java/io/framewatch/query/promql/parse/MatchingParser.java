package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.VectorMatching;
import io.framewatch.query.promql.ast.VectorMatching.Cardinality;
import io.framewatch.query.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands between an operator and its right side: `bool`, `on`, `ignoring`, `group_left`,
/// `group_right`, `fill`; and lists of labels.
final class MatchingParser {

    private static final List<String> RESERVED =
            List.of("bool", "on", "ignoring", "group_left", "group_right", "atan2");

    private final TokenStream tokens;

    MatchingParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// Whether a word can be no metric name.
    static boolean isReserved(Token word) {
        return RESERVED.stream().anyMatch(word::isWord);
    }

    /// The modifiers of one operator.
    record Modifiers(
            boolean returnBool,
            boolean explicit,
            boolean on,
            List<String> labels,
            @Nullable Cardinality grouping,
            List<String> include,
            @Nullable Double fillLeft,
            @Nullable Double fillRight) {

        VectorMatching matching(BinaryOp op) {
            Cardinality otherwise = op.isSet() ? Cardinality.MANY_TO_MANY : Cardinality.ONE_TO_ONE;
            return new VectorMatching(
                    grouping == null ? otherwise : grouping,
                    on,
                    labels,
                    include,
                    fillLeft,
                    fillRight);
        }
    }

    Modifiers modifiers(BinaryOp op) {
        Token first = tokens.peek();
        boolean returnBool = tokens.takeWord("bool");
        if (returnBool && !op.isComparison()) {
            throw tokens.faults()
                    .at(
                            first.start(),
                            "bool modifier can only be used on comparison operators",
                            "Remove bool.");
        }
        boolean on = false;
        boolean explicit = false;
        List<String> labels = List.of();
        Cardinality grouping = null;
        List<String> include = List.of();
        if (tokens.peek().isWord("on") || tokens.peek().isWord("ignoring")) {
            on = tokens.take().isWord("on");
            explicit = true;
            labels = labels();
            Token group = tokens.peek();
            if (group.isWord("group_left") || group.isWord("group_right")) {
                tokens.take();
                refuseGroupingOfSets(op, group);
                grouping =
                        group.isWord("group_left")
                                ? Cardinality.MANY_TO_ONE
                                : Cardinality.ONE_TO_MANY;
                include = tokens.peek().isSign("(") ? labels() : List.of();
                refuseDoubles(group, on, labels, include);
            }
        }
        return withFills(
                op, new Modifiers(returnBool, explicit, on, labels, grouping, include, null, null));
    }

    private void refuseGroupingOfSets(BinaryOp op, Token group) {
        if (op.isSet()) {
            throw tokens.faults()
                    .at(group.start(), "no grouping allowed for \"" + op.sign() + "\" operation");
        }
    }

    private void refuseDoubles(Token group, boolean on, List<String> labels, List<String> include) {
        for (String label : include) {
            if (on && labels.contains(label)) {
                throw tokens.faults()
                        .at(
                                group.start(),
                                "label \""
                                        + label
                                        + "\" must not occur in ON and GROUP clause at once");
            }
        }
    }

    private Modifiers withFills(BinaryOp op, Modifiers base) {
        Double left = null;
        Double right = null;
        boolean any = false;
        while (isFill(tokens.peek()) && tokens.peek(1).isSign("(")) {
            Token word = tokens.take();
            any = true;
            if (op.isSet()) {
                throw tokens.faults()
                        .at(
                                word.start(),
                                "filling in missing series not allowed for set operators");
            }
            double value = fillValue(word);
            boolean both = word.isWord("fill");
            boolean isLeft = both || word.isWord("fill_left");
            boolean isRight = both || word.isWord("fill_right");
            if (isLeft && left != null || isRight && right != null) {
                throw tokens.faults().at(word.start(), "fill value set twice");
            }
            left = isLeft ? (Double) value : left;
            right = isRight ? (Double) value : right;
        }
        return new Modifiers(
                base.returnBool(),
                base.explicit() || any,
                base.on(),
                base.labels(),
                base.grouping(),
                base.include(),
                left,
                right);
    }

    private static boolean isFill(Token token) {
        return token.isWord("fill") || token.isWord("fill_left") || token.isWord("fill_right");
    }

    private double fillValue(Token word) {
        tokens.expectSign("(", word.text());
        boolean minus = tokens.takeSign("-");
        if (!minus) {
            tokens.takeSign("+");
        }
        Token number = tokens.take();
        Double value = null;
        if (number.kind() == Kind.NUMBER) {
            value = Literals.number(number.text());
        } else if (number.kind() == Kind.DURATION) {
            value = new DurationParser(tokens).durationSeconds(number);
        } else if (number.isWord("inf")) {
            value = Double.POSITIVE_INFINITY;
        } else if (number.isWord("nan")) {
            value = Double.NaN;
        }
        if (value == null) {
            throw tokens.faults()
                    .at(
                            number.start(),
                            "unexpected "
                                    + number.words()
                                    + " in "
                                    + word.text()
                                    + ", expected number");
        }
        tokens.expectSign(")", word.text());
        return minus ? -value : value;
    }

    /// Labels in parentheses.
    List<String> labels() {
        String where = "grouping opts";
        tokens.expectSign("(", where);
        List<String> labels = new ArrayList<>();
        while (!tokens.takeSign(")")) {
            Token token = tokens.peek();
            if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
                throw tokens.unexpected(where, "label");
            }
            tokens.take();
            String label =
                    token.kind() == Kind.WORD
                            ? token.text()
                            : SelectorParser.string(token, tokens.faults());
            if (!Literals.isLabelName(label)) {
                throw tokens.faults().at(token.start(), "invalid label name in grouping");
            }
            labels.add(label);
            if (!tokens.takeSign(",") && !tokens.peek().isSign(")")) {
                throw tokens.unexpected(where, "\",\" or \")\"");
            }
        }
        return List.copyOf(labels);
    }
}
