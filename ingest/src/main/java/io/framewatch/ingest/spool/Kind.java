package io.framewatch.ingest.spool;

/// What the rows of a chunk are. The order is part of the format: never change it.
public enum Kind {
    /// Samples, histograms and exemplars, as a `MetricRecord`.
    SAMPLES,
    /// Data points of an OTLP metric export request.
    POINTS,
    /// Log records of an OTLP log export request.
    LINES,
    /// Spans of an OTLP trace export request.
    SPANS
}
