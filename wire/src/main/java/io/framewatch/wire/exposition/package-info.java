/// Exposition formats: the texts and messages in which programs show their metrics. Bytes go into
/// [io.framewatch.wire.exposition.Exposition#parse], samples and metadata come out at an
/// [io.framewatch.wire.exposition.ExpositionVisitor], each sample as the same
/// [io.framewatch.wire.exposition.SampleView], so that reading a series seen before allocates
/// nothing: its bytes are the key to whatever the visitor remembers of it.
/// [io.framewatch.wire.exposition.TextWriter] and [io.framewatch.wire.exposition.ProtoWriter] go
/// the other way.
///
/// Formats: Prometheus text 0.0.4 and 1.0.0, OpenMetrics text 1.0 (`specification/OpenMetrics.md`
/// of the OpenMetrics project), and Prometheus's delimited protobuf
/// (`io.prometheus.client.MetricFamily`).
@NullMarked
package io.framewatch.wire.exposition;

import org.jspecify.annotations.NullMarked;
