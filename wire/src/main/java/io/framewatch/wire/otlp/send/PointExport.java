package io.framewatch.wire.otlp.send;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.StaleNaN;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Samples as an export request, under the names they have. A series known to be a counter becomes
/// a monotonic sum, any other number a gauge (also the series of a classic histogram, each for
/// itself), a native histogram an exponential one, one with custom buckets an explicit one, a
/// staleness marker a point without a recorded value. `job` and `instance` become the resource's
/// `service.name` and `service.instance.id`. Stateless, thread safe.
public final class PointExport {

    private static final long NS_PER_MS = 1_000_000;
    private static final int NO_VALUE =
            DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private PointExport() {}

    private record Target(String job, String instance) {}

    /// Where the points of one target go, by metric name and whether they are histograms.
    private static final class Metrics {

        private final Map<String, Metric.Builder> byName = new LinkedHashMap<>();

        Metric.Builder metric(String key, String name) {
            return byName.computeIfAbsent(key, _ -> Metric.newBuilder().setName(name));
        }
    }

    /// The samples of a batch.
    ///
    /// @param types the type of a family, by its name
    public static ExportMetricsServiceRequest of(
            SampleBatch batch, Function<String, MetricMetadata.Type> types) {
        Map<Target, Metrics> targets = new LinkedHashMap<>();
        for (int row = 0; row < batch.size(); row++) {
            Labels labels = batch.series(row).labels();
            Target target = new Target(labels.get("job"), labels.get("instance"));
            Metrics metrics = targets.computeIfAbsent(target, _ -> new Metrics());
            NativeHistogram histogram = batch.histogram(row);
            long timeNs = batch.timestampMs(row) * NS_PER_MS;
            if (histogram == null) {
                number(metrics, labels, batch.value(row), timeNs, types);
            } else {
                histogram(metrics, labels, histogram, timeNs);
            }
        }
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        targets.forEach((target, metrics) -> request.addResourceMetrics(resource(target, metrics)));
        return request.build();
    }

    private static ResourceMetrics.Builder resource(Target target, Metrics metrics) {
        ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
        if (!target.job().isEmpty()) {
            resource.getResourceBuilder()
                    .addAttributes(Attributes.text("service.name", target.job()));
        }
        if (!target.instance().isEmpty()) {
            resource.getResourceBuilder()
                    .addAttributes(Attributes.text("service.instance.id", target.instance()));
        }
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        metrics.byName.values().forEach(scope::addMetrics);
        return resource.addScopeMetrics(scope);
    }

    private static void number(
            Metrics metrics,
            Labels labels,
            double value,
            long timeNs,
            Function<String, MetricMetadata.Type> types) {
        String name = labels.metricName();
        NumberDataPoint.Builder point =
                NumberDataPoint.newBuilder()
                        .addAllAttributes(attributes(labels))
                        .setTimeUnixNano(timeNs);
        if (StaleNaN.is(value)) {
            point.setFlags(NO_VALUE);
        } else {
            point.setAsDouble(value);
        }
        Metric.Builder metric = metrics.metric(name, name);
        if (isCounter(name, types)) {
            metric.getSumBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(
                            AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(point);
        } else {
            metric.getGaugeBuilder().addDataPoints(point);
        }
    }

    private static boolean isCounter(String name, Function<String, MetricMetadata.Type> types) {
        String family =
                name.endsWith("_total")
                        ? name.substring(0, name.length() - "_total".length())
                        : name;
        return types.apply(name) == MetricMetadata.Type.COUNTER
                || types.apply(family) == MetricMetadata.Type.COUNTER;
    }

    private static void histogram(
            Metrics metrics, Labels labels, NativeHistogram histogram, long timeNs) {
        String name = labels.metricName();
        List<KeyValue> attributes = attributes(labels);
        boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
        Metric.Builder metric =
                metrics.metric(name + (custom ? "\0explicit" : "\0exponential"), name);
        if (custom) {
            metric.getHistogramBuilder()
                    .setAggregationTemporality(
                            AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(HistogramExport.explicit(histogram, attributes, timeNs));
        } else {
            metric.getExponentialHistogramBuilder()
                    .setAggregationTemporality(
                            AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(HistogramExport.exponential(histogram, attributes, timeNs));
        }
    }

    private static List<KeyValue> attributes(Labels labels) {
        List<KeyValue> attributes = new ArrayList<>(labels.size());
        labels.forEach((name, value) -> {
            if (!name.equals(Labels.NAME) && !name.equals("job") && !name.equals("instance")) {
                attributes.add(Attributes.text(name, value));
            }
        });
        return attributes;
    }
}
