package io.framewatch.ingest.relabel;

import com.google.re2j.Pattern;
import io.framewatch.model.UserPattern;
import java.util.List;

/// One relabelling rule, checked and compiled. Immutable, thread safe.
///
/// @param action what to do
/// @param sourceLabels labels whose values are joined by `separator` and matched
/// @param separator stands between the joined values
/// @param regex the pattern as written; matches the whole text
/// @param pattern `regex` compiled, anchored at both ends
/// @param modulus of [Action#HASHMOD], 1 or more; 0 for other actions
/// @param targetLabel label to set, may hold `$1` references; empty where the action has none
/// @param replacement value template with `$1` and `${name}` references
public record RelabelRule(
        Action action,
        List<String> sourceLabels,
        String separator,
        String regex,
        Pattern pattern,
        long modulus,
        String targetLabel,
        String replacement) {

    /// Separator when none is given.
    public static final String SEPARATOR_DEFAULT = ";";

    /// Regular expression when none is given.
    public static final String REGEX_DEFAULT = "(.*)";

    /// Replacement when none is given.
    public static final String REPLACEMENT_DEFAULT = "$1";

    /// Copies the list.
    public RelabelRule {
        sourceLabels = List.copyOf(sourceLabels);
    }

    /// A rule with its regular expression compiled; throws re2j's `PatternSyntaxException`.
    public static RelabelRule of(
            Action action,
            List<String> sourceLabels,
            String separator,
            String regex,
            long modulus,
            String targetLabel,
            String replacement) {
        Pattern pattern = UserPattern.compile("^(?s:" + regex + ")$");
        return new RelabelRule(
                action, sourceLabels, separator, regex, pattern, modulus, targetLabel, replacement);
    }

    /// What a rule does.
    public enum Action {
        REPLACE,
        KEEP,
        DROP,
        KEEPEQUAL,
        DROPEQUAL,
        HASHMOD,
        LABELMAP,
        LABELDROP,
        LABELKEEP,
        LOWERCASE,
        UPPERCASE
    }
}
