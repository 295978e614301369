package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.Span;
import io.framewatch.query.promql.parse.Token.Kind;
import java.util.List;

/// A cursor over tokens.
final class TokenStream {

    private final List<Token> tokens;
    private final ParseFaults faults;
    private int at;

    TokenStream(List<Token> tokens, ParseFaults faults) {
        this.tokens = tokens;
        this.faults = faults;
    }

    ParseFaults faults() {
        return faults;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean takeSign(String sign) {
        if (peek().isSign(sign)) {
            at++;
            return true;
        }
        return false;
    }

    boolean takeWord(String word) {
        if (peek().isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    Token expectSign(String sign, String where) {
        if (!peek().isSign(sign)) {
            throw unexpected(where, "\"" + sign + "\"");
        }
        return take();
    }

    RuntimeException unexpected(String where, String expected) {
        Token token = peek();
        String what =
                "unexpected "
                        + token.words()
                        + (where.isEmpty() ? "" : " in " + where)
                        + (expected.isEmpty() ? "" : ", expected " + expected);
        return faults.at(token.start(), what);
    }

    /// The end of the token taken last.
    int lastEnd() {
        return at == 0 ? 0 : tokens.get(at - 1).span().end();
    }

    Span since(int start) {
        return new Span(start, lastEnd());
    }
}
