package io.framewatch.query.promqltest;

import com.google.re2j.Pattern;

/// What a message must be like.
///
/// @param kind how `text` is compared
/// @param text the text or pattern
record TextMatch(Kind kind, String text) {

    enum Kind {
        ANY,
        TEXT,
        REGEX
    }

    /// Whether an annotation is exactly so.
    boolean matches(String message) {
        return switch (kind) {
            case ANY -> true;
            case TEXT -> message.equals(text);
            case REGEX -> Pattern.compile(text).matcher(message).find();
        };
    }

    /// Whether an error message says so among other things.
    boolean isIn(String message) {
        return kind == Kind.TEXT ? message.contains(text) : matches(message);
    }
}
