package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.VectorSelector;

/// Turns selectors of the tree into leaves.
final class Selectors {

    private final Durations durations;

    Selectors(QueryRun run) {
        this.durations = new Durations(run);
    }

    Durations durations() {
        return durations;
    }

    LeafTime time(VectorSelector selector) {
        return new LeafTime(durations.atMs(selector.at()), durations.offsetMs(selector.offset()));
    }

    InstantLeaf instant(
            VectorSelector selector, InstantLeaf.Extraction extraction, boolean resolveResets) {
        return new InstantLeaf(
                selector.matchers(),
                time(selector),
                selector.mode(),
                extraction,
                resolveResets,
                selector.span());
    }

    RangeLeaf range(MatrixSelector matrix, RangeCall call, boolean resolveResets) {
        return new RangeLeaf(
                matrix.selector().matchers(),
                time(matrix.selector()),
                durations.positiveMs(matrix.range()),
                matrix.selector().mode(),
                resolveResets,
                call);
    }
}
