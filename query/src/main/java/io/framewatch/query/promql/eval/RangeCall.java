package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.ast.Span;

/// A function over ranges, applied.
///
/// @param name as written
/// @param function what it computes
/// @param arguments its scalar arguments, each with one value a step
/// @param span where its first argument stands
/// @param rangeSpan where its range stands
public record RangeCall(
        String name, RangeFunction function, double[][] arguments, Span span, Span rangeSpan) {}
