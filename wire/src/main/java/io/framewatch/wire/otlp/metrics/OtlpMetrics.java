package io.framewatch.wire.otlp.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.wire.otlp.OtlpJson;
import io.framewatch.wire.otlp.metrics.MetricNames.Kind;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.function.Supplier;

/// Reads the metrics of an export request. Gauges, sums, histograms of both kinds and summaries
/// become samples as Prometheus 3 makes them; differences are added up; what cannot be taken is
/// counted with a reason while the rest goes on. Immutable, thread safe.
public final class OtlpMetrics {

    private final OtlpOptions options;
    private final WriteLimits limits;
    private final MetricNames names;

    /// A reader that refuses points beyond `limits` one by one.
    public OtlpMetrics(OtlpOptions options, WriteLimits limits) {
        this.options = options;
        this.limits = limits;
        this.names = new MetricNames(options);
    }

    /// What a request held.
    ///
    /// @param refused points that were not taken
    /// @param reason why, of the first one refused; empty if none was
    public record Result(int refused, String reason) {}

    /// The request of a protobuf body; throws `otlp_invalid`.
    public static ExportMetricsServiceRequest parse(byte[] protobuf) {
        try {
            return ExportMetricsServiceRequest.parseFrom(protobuf);
        } catch (InvalidProtocolBufferException e) {
            throw OtlpJson.invalid("The body is not a protobuf metric export request.");
        }
    }

    /// Adds the samples of a request to `batch`.
    ///
    /// @param deltas begins a pass over the sums of differences; asked once, at the first
    ///   difference. The caller commits it when the batch is stored, and closes it
    public Result read(
            ExportMetricsServiceRequest request,
            SampleBatch batch,
            MetricSink sink,
            Supplier<DeltaStreams.Pass> deltas) {
        PointWriter writer = new PointWriter(options, limits, batch, sink, deltas);
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            PointLabels labels = new PointLabels(options, names, resource.getResource());
            writer.resource(labels);
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                labels.scope(scope.getScope(), scope.getSchemaUrl());
                for (Metric metric : scope.getMetricsList()) {
                    metric(metric, writer, sink);
                }
            }
            writer.target();
        }
        return new Result(writer.refused(), writer.reason());
    }

    private void metric(Metric metric, PointWriter writer, MetricSink sink) {
        Kind kind = kind(metric);
        String name = names.metric(metric.getName(), metric.getUnit(), kind);
        if (name.isEmpty() || name.length() > limits.labelValueLengthMax()) {
            writer.refuse(points(metric), "a metric has no name, or one that is too long");
            return;
        }
        AggregationTemporality temporality = temporality(metric);
        if (temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED
                || temporality == AggregationTemporality.UNRECOGNIZED) {
            writer.refuse(points(metric), "metric " + name + " has no temporality");
            return;
        }
        sink.metadata(
                new MetricMetadata(
                        name,
                        type(metric),
                        metric.getDescription(),
                        MetricNames.unit(metric.getUnit())));
        writer.metric(
                name,
                kind == Kind.COUNTER,
                temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(writer::number);
            case SUM -> metric.getSum().getDataPointsList().forEach(writer::number);
            case HISTOGRAM -> metric.getHistogram().getDataPointsList().forEach(writer::explicit);
            case EXPONENTIAL_HISTOGRAM ->
                    metric.getExponentialHistogram()
                            .getDataPointsList()
                            .forEach(writer::exponential);
            case SUMMARY -> metric.getSummary().getDataPointsList().forEach(writer::summary);
            case DATA_NOT_SET -> {}
        }
    }

    private static Kind kind(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> Kind.GAUGE;
            case SUM -> metric.getSum().getIsMonotonic() ? Kind.COUNTER : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private static MetricMetadata.Type type(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> MetricMetadata.Type.GAUGE;
            case SUM ->
                    metric.getSum().getIsMonotonic()
                            ? MetricMetadata.Type.COUNTER
                            : MetricMetadata.Type.GAUGE;
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> MetricMetadata.Type.HISTOGRAM;
            case SUMMARY -> MetricMetadata.Type.SUMMARY;
            case DATA_NOT_SET -> MetricMetadata.Type.UNKNOWN;
        };
    }

    private static AggregationTemporality temporality(Metric metric) {
        return switch (metric.getDataCase()) {
            case SUM -> metric.getSum().getAggregationTemporality();
            case HISTOGRAM -> metric.getHistogram().getAggregationTemporality();
            case EXPONENTIAL_HISTOGRAM ->
                    metric.getExponentialHistogram().getAggregationTemporality();
            case GAUGE, SUMMARY, DATA_NOT_SET ->
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        };
    }

    private static int points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }
}
