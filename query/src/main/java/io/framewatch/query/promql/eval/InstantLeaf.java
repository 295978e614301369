package io.framewatch.query.promql.eval;

import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Span;
import java.util.List;

/// An instant selector to be answered over a grid.
///
/// @param matchers its conditions
/// @param time which time each step looks at
/// @param mode plain, or smoothed by interpolation
/// @param extraction what becomes of each sample
/// @param resolveResets whether unknown counter-reset hints of histograms are found by comparing
///   neighbours
/// @param span where it stands
public record InstantLeaf(
        List<Matcher> matchers,
        LeafTime time,
        Mode mode,
        Extraction extraction,
        boolean resolveResets,
        Span span) {

    /// What becomes of each sample.
    public enum Extraction {
        VALUE,
        /// Its timestamp in seconds.
        TIMESTAMP,
        /// Its start timestamp in seconds.
        START_TIMESTAMP
    }
}
