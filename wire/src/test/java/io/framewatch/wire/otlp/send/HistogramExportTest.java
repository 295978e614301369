package io.framewatch.wire.otlp.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.Span;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramExportTest {

    private static NativeHistogram histogram(int schema, double[] bounds, Span... spans) {
        int buckets = 0;
        for (Span span : spans) {
            buckets += span.length();
        }
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            counts[i] = i + 1;
        }
        return new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN,
                schema,
                0,
                0,
                buckets,
                1,
                spans,
                counts,
                new Span[0],
                new double[0],
                bounds);
    }

    private static List<Long> explicit(Span... spans) {
        HistogramDataPoint point =
                HistogramExport.explicit(
                        histogram(NativeHistogram.CUSTOM_BUCKETS, new double[] {1, 2, 3}, spans),
                        List.of(),
                        1);
        assertThat(point.getExplicitBoundsList()).containsExactly(1.0, 2.0, 3.0);
        return point.getBucketCountsList();
    }

    @Test
    void customBucketsStandAtTheirPlaces() {
        assertThat(explicit(new Span(1, 1), new Span(1, 1))).containsExactly(0L, 1L, 0L, 2L);
        assertThat(explicit()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void bucketsBeyondTheBoundsAreLeftOut() {
        assertThat(explicit(new Span(Integer.MAX_VALUE, 1))).containsExactly(0L, 0L, 0L, 0L);
        assertThat(explicit(new Span(-1, 2), new Span(1, 3))).containsExactly(2L, 0L, 3L, 4L);
    }

    @Test
    void aWideRangeIsMadeCoarserAndKeepsEveryCount() {
        ExponentialHistogramDataPoint narrow = exponential(new Span(-3, 2), new Span(0, 1));
        assertThat(narrow.getScale()).isEqualTo(3);
        assertThat(narrow.getPositive().getOffset()).isEqualTo(-4);
        assertThat(narrow.getPositive().getBucketCountsList()).containsExactly(1L, 2L, 3L);
        for (int gap : new int[] {4_094, 4_095, 10_000, 1 << 20}) {
            for (int first = -3; first < 3; first++) {
                ExponentialHistogramDataPoint wide =
                        exponential(new Span(first, 1), new Span(gap, 1));
                List<Long> counts = wide.getPositive().getBucketCountsList();
                assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
                assertThat(counts.size()).isLessThanOrEqualTo(4_098);
            }
        }
    }

    private static ExponentialHistogramDataPoint exponential(Span... spans) {
        return HistogramExport.exponential(histogram(3, new double[0], spans), List.of(), 1);
    }
}
