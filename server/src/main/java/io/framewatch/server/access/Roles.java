package io.framewatch.server.access;

import io.framewatch.server.http.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words for roles.
public final class Roles {

    private Roles() {}

    /// The role of a token that a word means, or null: as of people, and `push`.
    static Caller.@Nullable Role ofToken(String word) {
        return word.equalsIgnoreCase("push") ? Caller.Role.PUSH : parse(word);
    }

    /// The role of a person that a word means, or null. `operator` is what `admin` was called once.
    public static Caller.@Nullable Role parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "viewer" -> Caller.Role.VIEWER;
            case "editor" -> Caller.Role.EDITOR;
            case "admin", "operator" -> Caller.Role.ADMIN;
            default -> null;
        };
    }
}
