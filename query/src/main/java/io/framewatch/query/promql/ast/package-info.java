/// The tree of a PromQL expression: [io.framewatch.query.promql.ast.Expr] with its kinds, durations
/// as [io.framewatch.query.promql.ast.DurationExpr]. Every node knows where in the text it stands.
/// Immutable; consumers walk it with an exhaustive `switch`.
@NullMarked
package io.framewatch.query.promql.ast;

import org.jspecify.annotations.NullMarked;
