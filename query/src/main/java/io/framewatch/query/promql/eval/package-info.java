/// Computes trees over dense step arrays. [io.framewatch.query.promql.eval.Evaluator] walks the
/// tree; every vector is a list of [io.framewatch.query.promql.eval.GridSeries], one `double[]` per
/// series over the steps of a [io.framewatch.query.promql.eval.StepGrid]. Leaves (instant
/// selectors, and functions over ranges together with the selector inside) come from a
/// [io.framewatch.query.promql.eval.LeafSource], so that a store that can answer whole grids may do
/// so.
@NullMarked
package io.framewatch.query.promql.eval;

import org.jspecify.annotations.NullMarked;
