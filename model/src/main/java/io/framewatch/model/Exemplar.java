package io.framewatch.model;

/// One observation kept beside a sample as an example, usually with the id of the trace it came
/// from.
///
/// @param labels what identifies it, for example `trace_id`; at most 128 characters in all by
///   OpenMetrics
/// @param value the observed value
/// @param timestampMs when it was observed, Unix milliseconds
public record Exemplar(Labels labels, double value, long timestampMs) {}
