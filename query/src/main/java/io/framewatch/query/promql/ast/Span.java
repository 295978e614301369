package io.framewatch.query.promql.ast;

/// A stretch of the query's text.
///
/// @param start index of the first character, from 0
/// @param end index after the last character
public record Span(int start, int end) {

    /// From the start of this one to the end of `last`.
    public Span to(Span last) {
        return new Span(start, last.end);
    }

    /// The position in `text` as `line:column`, both from 1.
    public String position(String text) {
        int line = 1;
        int lineStart = 0;
        int limit = Math.min(start, text.length());
        for (int i = 0; i < limit; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return line + ":" + (limit - lineStart + 1);
    }
}
