/// Arithmetic on [io.framewatch.model.NativeHistogram]s: adding and scaling
/// ([io.framewatch.model.histogram.HistogramSum]), finding counter resets
/// ([io.framewatch.model.histogram.CounterResets]), reading buckets by their bounds
/// ([io.framewatch.model.histogram.Bucket]), estimating
/// ([io.framewatch.model.histogram.HistogramEstimate]) and trimming
/// ([io.framewatch.model.histogram.HistogramTrim]). The rules are those of Prometheus's native
/// histogram specification.
@NullMarked
package io.framewatch.model.histogram;

import org.jspecify.annotations.NullMarked;
