package io.framewatch.query.promql.ast;

/// The `@` modifier of a selector or subquery.
///
/// @param kind which form
/// @param timestampMs Unix milliseconds where the form is [Kind#TIME], else 0
public record At(Kind kind, long timestampMs) {

    /// No modifier.
    public static final At NONE = new At(Kind.NONE, 0);

    /// The forms of the modifier.
    public enum Kind {
        NONE,
        TIME,
        START,
        END
    }
}
