/// OTLP metrics as Prometheus knows them. [io.framewatch.wire.otlp.metrics.OtlpMetrics] walks a
/// request and fills a batch; [io.framewatch.wire.otlp.metrics.MetricNames] names what it finds;
/// [io.framewatch.wire.otlp.metrics.PointLabels] turns attributes into labels;
/// [io.framewatch.wire.otlp.metrics.HistogramPoints] turns both kinds of histogram;
/// [io.framewatch.wire.otlp.metrics.DeltaStreams] adds up what comes as differences. Formats:
/// `opentelemetry/proto/metrics/v1/metrics.proto`, and OpenTelemetry's "Prometheus and OpenMetrics
/// Compatibility" with the options of Prometheus 3's `otlp` section.
@NullMarked
package io.framewatch.wire.otlp.metrics;

import org.jspecify.annotations.NullMarked;
