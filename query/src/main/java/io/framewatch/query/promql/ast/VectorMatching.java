package io.framewatch.query.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the series of two vectors find each other.
///
/// @param cardinality how many may meet
/// @param on whether `labels` are the ones compared, else the ones left out
/// @param labels of `on` or `ignoring`
/// @param include labels copied from the one side
/// @param fillLeft value of a missing left series, or null
/// @param fillRight value of a missing right series, or null
public record VectorMatching(
        Cardinality cardinality,
        boolean on,
        List<String> labels,
        List<String> include,
        @Nullable Double fillLeft,
        @Nullable Double fillRight) {

    /// How many series of each side may meet.
    public enum Cardinality {
        ONE_TO_ONE("one-to-one"),
        MANY_TO_ONE("many-to-one"),
        ONE_TO_MANY("one-to-many"),
        MANY_TO_MANY("many-to-many");

        private final String words;

        Cardinality(String words) {
            this.words = words;
        }

        /// As the HTTP API names it.
        public String words() {
            return words;
        }
    }
}
