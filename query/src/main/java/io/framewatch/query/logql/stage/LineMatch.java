package io.framewatch.query.logql.stage;

import io.framewatch.store.LogSelection.LineFilter;
import java.util.List;
import java.util.function.Predicate;

/// `|= "a" or "b"`, `!= "a"`, `|~ "re"`, `!~ "re"`, `|> "pattern"`, `|= ip("10.0.0.0/8")`: a
/// condition on the text.
///
/// @param alternatives any of them must accept the text
/// @param negated whether a text that one accepts is dropped instead
/// @param pushable the same as filters that a store can apply, empty if it cannot
public record LineMatch(
        List<Predicate<String>> alternatives, boolean negated, List<LineFilter> pushable)
        implements Stage {

    @Override
    public boolean process(LogLine line) {
        for (Predicate<String> alternative : alternatives) {
            if (alternative.test(line.text())) {
                return !negated;
            }
        }
        return negated;
    }
}
