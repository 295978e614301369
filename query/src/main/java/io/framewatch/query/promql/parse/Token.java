package io.framewatch.query.promql.parse;

import io.framewatch.query.promql.ast.Span;

/// A word of the query.
///
/// @param kind what it is
/// @param text as written
/// @param start index of its first character
record Token(Kind kind, String text, int start) {

    enum Kind {
        END,
        NUMBER,
        DURATION,
        STRING,
        WORD,
        SIGN
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    Span span() {
        return new Span(start, start + text.length());
    }

    /// For messages.
    String words() {
        return switch (kind) {
            case END -> "end of input";
            case NUMBER -> "number \"" + text + "\"";
            case DURATION -> "duration \"" + text + "\"";
            case STRING -> "string " + text;
            case WORD -> "\"" + text + "\"";
            case SIGN -> "\"" + text + "\"";
        };
    }
}
