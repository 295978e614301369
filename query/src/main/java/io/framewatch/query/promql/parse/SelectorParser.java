package io.framewatch.query.promql.parse;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Matcher.Op;
import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metric names and conditions in braces.
final class SelectorParser {

    private static final String WHERE = "label matching";

    private final TokenStream tokens;

    SelectorParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /// A selector; the cursor stands at a metric name or at an opening brace.
    VectorSelector selector() {
        int start = tokens.peek().start();
        String name = "";
        List<Matcher> matchers = new ArrayList<>();
        if (tokens.peek().kind() == Kind.WORD) {
            name = tokens.take().text();
        }
        if (tokens.takeSign("{")) {
            matchers(matchers, name, start);
        }
        if (!name.isEmpty()) {
            matchers.add(Matcher.equal(Labels.NAME, name));
        }
        return new VectorSelector(
                tokens.since(start), name, List.copyOf(matchers), At.NONE, null, Mode.PLAIN);
    }

    private void matchers(List<Matcher> matchers, String name, int start) {
        boolean named = !name.isEmpty();
        while (!tokens.takeSign("}")) {
            Token label = tokens.peek();
            if (label.kind() == Kind.END) {
                throw tokens.faults()
                        .at(
                                label.start(),
                                "unexpected end of input inside braces",
                                "Close the braces.");
            }
            if (label.kind() != Kind.WORD && label.kind() != Kind.STRING) {
                throw tokens.unexpected(WHERE, "identifier or \"}\"");
            }
            tokens.take();
            String labelName = labelName(label);
            Op op = operator();
            if (op == null) {
                named = quotedName(label, labelName, named, matchers);
            } else {
                matchers.add(matcher(labelName, op, !name.isEmpty(), start));
            }
            if (!tokens.takeSign(",") && !tokens.peek().isSign("}")) {
                throw tokens.peek().kind() == Kind.END
                        ? tokens.faults()
                                .at(
                                        tokens.peek().start(),
                                        "unexpected end of input inside braces",
                                        "Close the braces.")
                        : tokens.unexpected(WHERE, "\",\" or \"}\"");
            }
        }
    }

    private boolean quotedName(
            Token label, String labelName, boolean named, List<Matcher> matchers) {
        if (label.kind() != Kind.STRING) {
            throw tokens.unexpected(WHERE, "label matching operator");
        }
        if (named) {
            throw twice(label.start(), labelName);
        }
        matchers.add(Matcher.equal(Labels.NAME, labelName));
        return true;
    }

    private RuntimeException twice(int start, String name) {
        return tokens.faults()
                .at(
                        start,
                        "metric name must not be set twice: " + Labels.quote(name),
                        "Name the metric before the braces or inside them.");
    }

    private String labelName(Token token) {
        if (token.kind() == Kind.WORD) {
            return token.text();
        }
        return string(token, tokens.faults());
    }

    /// The content of a string token; throws for wrong escapes.
    static String string(Token token, ParseFaults faults) {
        String value = Literals.unquote(token.text());
        if (value == null) {
            throw faults.at(
                    token.start(),
                    "illegal character in escape sequence of " + token.text(),
                    "Write \\\\ for a backslash, or quote the string with `.");
        }
        return value;
    }

    private @Nullable Op operator() {
        for (Op op : Op.values()) {
            if (tokens.takeSign(op.sign())) {
                return op;
            }
        }
        return null;
    }

    private Matcher matcher(String name, Op op, boolean bareName, int start) {
        Token value = tokens.peek();
        if (value.kind() != Kind.STRING) {
            throw tokens.unexpected(WHERE, "string");
        }
        tokens.take();
        String text = string(value, tokens.faults());
        if (bareName && name.equals(Labels.NAME)) {
            throw twice(start, text);
        }
        try {
            return Matcher.of(op, name, text);
        } catch (FaultException e) {
            throw tokens.faults().at(value.start(), stripStop(e.fault().what()), e.fault().todo());
        }
    }

    private static String stripStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
