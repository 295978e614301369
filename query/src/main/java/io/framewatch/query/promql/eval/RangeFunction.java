package io.framewatch.query.promql.eval;

/// A function over the samples in a range.
@FunctionalInterface
public interface RangeFunction {

    /// The value for the window: [GridSeries#ABSENT] for none; for a histogram, any other value
    /// after [Window#answer(io.framewatch.model.NativeHistogram)].
    double apply(Window window);
}
