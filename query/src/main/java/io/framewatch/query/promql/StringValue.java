package io.framewatch.query.promql;

/// A text, the answer to a query that is a string literal.
///
/// @param timestampMs evaluation time, Unix milliseconds
/// @param value the text
public record StringValue(long timestampMs, String value) implements Value {

    @Override
    public String kind() {
        return "string";
    }
}
