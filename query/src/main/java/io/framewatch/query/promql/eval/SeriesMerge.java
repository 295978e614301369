package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Joins series that have come to bear the same labels.
public final class SeriesMerge {

    /// Labels that say what kind of metric it is and go with its name.
    static final Set<String> METADATA = Set.of(Labels.NAME, "__type__", "__unit__");

    private SeriesMerge() {}

    /// The series with the names of those that must not show theirs removed, and then merged.
    public static List<GridSeries> withoutDroppedNames(
            List<GridSeries> series, QueryRun run, Span span, int steps) {
        List<GridSeries> shown = new ArrayList<>(series.size());
        for (GridSeries each : series) {
            shown.add(each.dropName() ? each.renamed(each.labels().drop(METADATA), false) : each);
        }
        return merge(shown, run, span, steps);
    }

    /// Joins series of equal labels whose samples do not meet at any step; throws where they do.
    static List<GridSeries> merge(List<GridSeries> series, QueryRun run, Span span, int steps) {
        Map<Labels, GridSeries> merged = new LinkedHashMap<>();
        boolean any = false;
        for (GridSeries each : series) {
            GridSeries present = merged.putIfAbsent(each.labels(), each);
            if (present != null) {
                any = true;
                merged.put(each.labels(), join(present, each, run, span, steps));
            }
        }
        return any ? new ArrayList<>(merged.values()) : series;
    }

    private static GridSeries join(GridSeries a, GridSeries b, QueryRun run, Span span, int steps) {
        GridSeries joined = GridSeries.empty(a.labels(), a.dropName() || b.dropName(), steps);
        for (int step = 0; step < steps; step++) {
            if (a.has(step) && b.has(step)) {
                throw run.fault(
                        span,
                        "vector cannot contain metrics with the same labelset: " + a.labels(),
                        "Keep a label that tells the series apart.");
            }
            if (a.has(step)) {
                joined.copy(a, step);
            } else if (b.has(step)) {
                joined.copy(b, step);
            }
        }
        return joined;
    }
}
