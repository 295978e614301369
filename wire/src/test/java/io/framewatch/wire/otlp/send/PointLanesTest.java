package io.framewatch.wire.otlp.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PointLanesTest {

    private static final int METRICS = 40;

    private static ExportMetricsServiceRequest request(int droppedAttributes) {
        ScopeMetrics.Builder scope =
                ScopeMetrics.newBuilder().setScope(InstrumentationScope.newBuilder().setName("s"));
        for (int i = 0; i < METRICS; i++) {
            Gauge.Builder two = Gauge.newBuilder();
            two.addDataPoints(NumberDataPoint.newBuilder().setAsInt(i));
            two.addDataPoints(NumberDataPoint.newBuilder().setAsInt(i + 1));
            scope.addMetrics(Metric.newBuilder().setName("metric" + i).setGauge(two));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .setDroppedAttributesCount(droppedAttributes))
                                .addScopeMetrics(scope))
                .build();
    }

    @Test
    void aMetricIsInTheSameLaneOfEveryRequestAndNothingIsLost() {
        Map<String, Integer> laneOf = new HashMap<>();
        for (int request = 1; request < 4; request++) {
            int resource = request;
            List<String> names = new ArrayList<>();
            int[] points = {0};
            PointLanes.part(
                    request(resource).toByteArray(),
                    4,
                    (lane, bytes, rows) -> {
                        points[0] += rows;
                        for (ResourceMetrics one : parsed(bytes).getResourceMetricsList()) {
                            assertThat(one.getResource().getDroppedAttributesCount())
                                    .isEqualTo(resource);
                            assertThat(one.getScopeMetrics(0).getScope().getName()).isEqualTo("s");
                            for (Metric metric : one.getScopeMetrics(0).getMetricsList()) {
                                names.add(metric.getName());
                                Integer before = laneOf.put(metric.getName(), lane);
                                assertThat(before == null || before == lane).isTrue();
                            }
                        }
                    });
            assertThat(names).hasSize(METRICS).doesNotHaveDuplicates();
            assertThat(points[0]).isEqualTo(2 * METRICS);
        }
        assertThat(laneOf.values()).contains(0, 1, 2, 3);
    }

    private static ExportMetricsServiceRequest parsed(byte[] bytes) {
        try {
            return ExportMetricsServiceRequest.parseFrom(bytes);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatCannotBeReadGoesAsItIs() {
        byte[] garbage = {(byte) 0xff, 1, 2};
        PointLanes.part(
                garbage,
                4,
                (lane, bytes, rows) -> {
                    assertThat(lane).isZero();
                    assertThat(bytes).isEqualTo(garbage);
                });
    }
}
