package io.framewatch.wire.otlp.send;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.Map;
import java.util.TreeMap;

/// Parts an export request so that all points of a metric stand in one part, whatever the request:
/// parts of different lanes may be under way at once and the points of a series keep their order.
/// Stateless, thread safe.
public final class PointLanes {

    private PointLanes() {}

    /// Takes a part.
    @FunctionalInterface
    public interface Sink {

        /// @param lane 0 or above
        /// @param request an `ExportMetricsServiceRequest`
        /// @param rows data points in it
        void take(int lane, byte[] request, int rows);
    }

    /// Hands the parts of `request`, at most `lanes`, to `sink`; a request that cannot be read goes
    /// to lane 0 as it is.
    public static void part(byte[] request, int lanes, Sink sink) {
        ExportMetricsServiceRequest whole;
        try {
            whole = ExportMetricsServiceRequest.parseFrom(request);
        } catch (InvalidProtocolBufferException unreadable) {
            sink.take(0, request, 0);
            return;
        }
        Map<Integer, ExportMetricsServiceRequest.Builder> parts = new TreeMap<>();
        for (ResourceMetrics resource : whole.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                part(resource, scope, lanes, parts);
            }
        }
        parts.forEach((lane, part) -> {
            ExportMetricsServiceRequest built = part.build();
            sink.take(lane, built.toByteArray(), OtlpParts.points(built));
        });
    }

    private static void part(
            ResourceMetrics resource,
            ScopeMetrics scope,
            int lanes,
            Map<Integer, ExportMetricsServiceRequest.Builder> parts) {
        Map<Integer, ScopeMetrics.Builder> scopes = new TreeMap<>();
        for (Metric metric : scope.getMetricsList()) {
            int lane = Math.floorMod(metric.getName().hashCode() * 0x9E3779B1, lanes);
            scopes.computeIfAbsent(lane, _ -> scope.toBuilder().clearMetrics()).addMetrics(metric);
        }
        scopes.forEach((lane, some) ->
                parts.computeIfAbsent(lane, _ -> ExportMetricsServiceRequest.newBuilder())
                        .addResourceMetrics(
                                resource.toBuilder().clearScopeMetrics().addScopeMetrics(some)));
    }
}
