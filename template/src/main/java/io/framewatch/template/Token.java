package io.framewatch.template;

import org.jspecify.annotations.Nullable;

/// A piece of an action.
///
/// @param kind what it is
/// @param text as written; of [Kind#TEXT] the text between actions
/// @param value of a literal
/// @param spaced whether white space stands before it
/// @param line line it stands on, from 1
record Token(Kind kind, String text, @Nullable Object value, boolean spaced, int line) {

    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        WORD,
        FIELD,
        DOT,
        VARIABLE,
        LITERAL,
        SIGN,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }
}
