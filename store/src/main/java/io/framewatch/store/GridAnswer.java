package io.framewatch.store;

import io.framewatch.model.Labels;
import java.util.List;

/// What a store computed over a grid.
///
/// @param rows the series computed, sorted by labels; none is without a value
/// @param raw the samples in the grid's range of the series that the store could not compute
///   exactly, sorted by labels: native histograms, values that are no numbers
/// @param samples read in all
/// @param stepSamples samples in the window of each step of the series that the store computed, if
///   they were to be counted; else empty
public record GridAnswer(
        List<Row> rows, List<SeriesSamples> raw, long samples, long[] stepSamples) {

    /// One series.
    ///
    /// @param labels metric name included
    /// @param values a value a step, [io.framewatch.model.StaleNaN] where there is none; the array
    ///   belongs to the receiver
    public record Row(Labels labels, double[] values) {}
}
