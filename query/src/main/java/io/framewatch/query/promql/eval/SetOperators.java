package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.BinaryOp;
import io.framewatch.query.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or` and `unless`.
final class SetOperators {

    private SetOperators() {}

    static List<GridSeries> apply(
            BinaryOp op,
            VectorMatching matching,
            List<GridSeries> left,
            List<GridSeries> right,
            StepGrid grid) {
        Signatures signatures = new Signatures(matching);
        return switch (op) {
            case AND -> filtered(left, presence(right, signatures, grid), signatures, grid, true);
            case UNLESS ->
                    filtered(left, presence(right, signatures, grid), signatures, grid, false);
            case OR -> {
                List<GridSeries> result = new ArrayList<>(left);
                result.addAll(
                        filtered(right, presence(left, signatures, grid), signatures, grid, false));
                yield joinSame(result, grid);
            }
            default -> throw new IllegalStateException("no set operator: " + op);
        };
    }

    private static Map<Labels, boolean[]> presence(
            List<GridSeries> series, Signatures signatures, StepGrid grid) {
        Map<Labels, boolean[]> present = new HashMap<>();
        for (GridSeries each : series) {
            boolean[] steps =
                    present.computeIfAbsent(
                            signatures.of(each.labels()), _ -> new boolean[grid.steps()]);
            for (int step = 0; step < steps.length; step++) {
                steps[step] |= each.has(step);
            }
        }
        return present;
    }

    private static List<GridSeries> filtered(
            List<GridSeries> series,
            Map<Labels, boolean[]> present,
            Signatures signatures,
            StepGrid grid,
            boolean wanted) {
        List<GridSeries> result = new ArrayList<>();
        for (GridSeries each : series) {
            boolean[] steps = present.get(signatures.of(each.labels()));
            if (steps == null) {
                if (!wanted) {
                    result.add(each);
                }
                continue;
            }
            GridSeries kept = GridSeries.empty(each.labels(), each.dropName(), grid.steps());
            for (int step = 0; step < steps.length; step++) {
                if (each.has(step) && steps[step] == wanted) {
                    kept.copy(each, step);
                }
            }
            if (kept.hasAny()) {
                result.add(kept);
            }
        }
        return result;
    }

    /// Joins series that both sides have and that do not meet at any step.
    private static List<GridSeries> joinSame(List<GridSeries> series, StepGrid grid) {
        Map<Labels, Integer> places = new HashMap<>();
        List<GridSeries> result = new ArrayList<>();
        for (GridSeries each : series) {
            Integer place = places.get(each.labels());
            GridSeries present = place == null ? null : result.get(place);
            if (place == null || present == null || present.dropName() != each.dropName()) {
                places.put(each.labels(), result.size());
                result.add(each);
                continue;
            }
            GridSeries joined = GridSeries.empty(each.labels(), each.dropName(), grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                GridSeries from = present.has(step) ? present : each;
                if (from.has(step)) {
                    joined.copy(from, step);
                }
            }
            result.set(place, joined);
        }
        return result;
    }
}
