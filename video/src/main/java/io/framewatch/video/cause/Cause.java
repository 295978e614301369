package io.framewatch.video.cause;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a stream's trouble comes from.
///
/// @param sentence in words, with a full stop
/// @param message the same without its language
/// @param turn who has to act
/// @param sinceMs when the root began, Unix milliseconds
/// @param chain from the root to the stream
public record Cause(String sentence, Message message, Turn turn, long sinceMs, List<Node> chain) {

    /// Who has to act.
    public enum Turn {
        /// Nobody: it is fine, or passes.
        NOBODY,
        /// The program that keeps stages running.
        AUTOMATION,
        /// Whoever is on duty.
        OPERATOR;

        /// The word in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A step of the chain.
    ///
    /// @param kind `site`, `camera`, `stage`, `source` or `stream`
    /// @param id id of the entity
    /// @param name what people call it
    /// @param state its state, null if it has none
    /// @param text what is the matter with it, a few words
    /// @param message the same without its language
    /// @param root whether the trouble begins here
    public record Node(
            String kind,
            String id,
            String name,
            @Nullable String state,
            String text,
            Message message,
            boolean root) {}

    /// Keeps its own copy of the chain.
    public Cause {
        chain = List.copyOf(chain);
    }
}
