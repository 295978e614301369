package io.framewatch.respond.route;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import java.util.Collection;
import java.util.List;

/// A firing source alert keeps target alerts quiet that share the labels `equal` with it; a label
/// missing on both sides counts as equal. Immutable.
///
/// @param name for messages and counts, may be empty
/// @param source which alerts keep others quiet
/// @param target which alerts are kept quiet
/// @param equal labels whose values must be the same
public record InhibitRule(
        String name, List<Matcher> source, List<Matcher> target, List<String> equal) {

    /// Whether one of the alerts keeps `labels` quiet. An alert that is source and target at once
    /// is not kept quiet by others of that kind, so that no alert silences itself.
    public boolean inhibits(Labels labels, Collection<Alert> alerts) {
        if (!labels.matches(target)) {
            return false;
        }
        boolean targetIsSource = labels.matches(source);
        for (Alert alert : alerts) {
            Labels candidate = alert.labels();
            if (alert.state() == Alert.State.FIRING
                    && candidate.matches(source)
                    && !(targetIsSource && candidate.matches(target))
                    && sameLabels(candidate, labels)) {
                return true;
            }
        }
        return false;
    }

    private boolean sameLabels(Labels a, Labels b) {
        return equal.stream().allMatch(name -> a.get(name).equals(b.get(name)));
    }
}
