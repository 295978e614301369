package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts the series of an aggregation into groups.
final class Grouping {

    /// Series that are aggregated together.
    ///
    /// @param labels of the group
    /// @param members in the order they came
    record Group(Labels labels, List<GridSeries> members) {

        boolean dropName() {
            for (GridSeries member : members) {
                if (member.dropName()) {
                    return true;
                }
            }
            return false;
        }
    }

    private Grouping() {}

    static List<Group> groups(Aggregate aggregate, List<GridSeries> series) {
        Map<Labels, Group> groups = new LinkedHashMap<>();
        Set<String> names = new HashSet<>(aggregate.grouping());
        if (aggregate.without()) {
            names.addAll(SeriesMerge.METADATA);
        }
        for (GridSeries each : series) {
            Labels key =
                    aggregate.without()
                            ? each.labels().drop(names)
                            : names.isEmpty() ? Labels.EMPTY : each.labels().keep(names);
            groups.computeIfAbsent(key, k -> new Group(k, new ArrayList<>())).members().add(each);
        }
        return List.copyOf(groups.values());
    }
}
