package io.framewatch.model;

/// An exemplar and the series it belongs to.
///
/// @param series the handle of the series
/// @param exemplar one observation of it
public record SeriesExemplar(Series series, Exemplar exemplar) {}
