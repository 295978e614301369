package io.framewatch.query.logql;

import io.framewatch.model.Matcher;
import io.framewatch.query.logql.stage.LineMatch;
import io.framewatch.query.logql.stage.Stage;
import io.framewatch.store.LogSelection.LineFilter;
import java.util.ArrayList;
import java.util.List;

/// A log expression: which streams, and what happens to their lines.
///
/// @param matchers selector; at least one refuses the absent label
/// @param stages pipeline, in order
public record LogQuery(List<Matcher> matchers, List<Stage> stages) {

    /// The line filters at the head of the pipeline that a store can apply itself.
    List<LineFilter> pushable() {
        List<LineFilter> filters = new ArrayList<>();
        for (Stage stage : stages) {
            if (!(stage instanceof LineMatch match) || match.pushable().isEmpty()) {
                break;
            }
            filters.addAll(match.pushable());
        }
        return filters;
    }
}
