package io.framewatch.query.promql.eval;

import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr.Mode;
import java.util.List;

/// A range selector inside a function, to be answered over a grid.
///
/// @param matchers its conditions
/// @param time which time each step looks at
/// @param rangeMs length of the range, milliseconds
/// @param mode how the ends of the range are computed
/// @param resolveResets whether unknown counter-reset hints of histograms are found by comparing
///   neighbours
/// @param call the function around it
public record RangeLeaf(
        List<Matcher> matchers,
        LeafTime time,
        long rangeMs,
        Mode mode,
        boolean resolveResets,
        RangeCall call) {}
