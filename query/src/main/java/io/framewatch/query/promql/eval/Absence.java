package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `absent` and `absent_over_time`: 1 at the steps where no series has a sample.
final class Absence {

    private Absence() {}

    static Vectors of(Call call, List<GridSeries> present, StepGrid grid) {
        GridSeries absent = GridSeries.empty(labels(call), false, grid.steps());
        for (int step = 0; step < grid.steps(); step++) {
            int at = step;
            if (present.stream().noneMatch(series -> series.has(at))) {
                absent.set(step, 1);
            }
        }
        return new Vectors(absent.hasAny() ? List.of(absent) : List.of());
    }

    /// The labels that the selector demands with `=`, each once.
    private static Labels labels(Call call) {
        return switch (call.arguments().getFirst().unwrapped()) {
            case VectorSelector selector -> labels(selector.matchers());
            case MatrixSelector matrix -> labels(matrix.selector().matchers());
            default -> Labels.EMPTY;
        };
    }

    private static Labels labels(List<Matcher> matchers) {
        Labels.Builder labels = new Labels.Builder();
        Set<String> seen = new HashSet<>();
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME)) {
                continue;
            }
            if (matcher.op() == Matcher.Op.EQUAL && seen.add(matcher.name())) {
                labels.set(matcher.name(), matcher.value());
            } else {
                labels.remove(matcher.name());
            }
        }
        return labels.build();
    }
}
