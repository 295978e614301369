package io.framewatch.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CustomBucketsTest {

    private static final String TEXT =
            """
            # TYPE other counter
            other_count 7
            # TYPE lag histogram
            lag_bucket{cam="a",le="0.1"} 2
            lag_bucket{cam="a",le="1"} 2
            lag_bucket{cam="a",le="5"} 6
            lag_bucket{cam="a",le="+Inf"} 7
            lag_sum{cam="a"} 12.5
            lag_count{cam="a"} 7
            lag_bucket{cam="b",le="1"} 3
            lag_bucket{cam="b",le="+Inf"} 3
            lag_sum{cam="b"} 1
            lag_count{cam="b"} 3
            # TYPE up gauge
            up 1
            """;

    private static List<Collected.Sample> converted(
            ExpositionFormat format, String text, boolean classicToo) {
        Collected collected =
                new Collected() {
                    @Override
                    public boolean wantsClassicBesideNative() {
                        return classicToo;
                    }
                };
        CustomBuckets converter = new CustomBuckets(collected);
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        Exposition.parse(format, data, data.length, converter);
        converter.end();
        return collected.samples;
    }

    private static NativeHistogram custom(
            double count, double sum, double[] bounds, double[] counts, Span... spans) {
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                count,
                sum,
                spans,
                counts,
                new Span[0],
                new double[0],
                bounds);
    }

    @Test
    void eachClassicHistogramBecomesOneSample() {
        List<Collected.Sample> samples = converted(ExpositionFormat.PROMETHEUS_TEXT, TEXT, false);
        assertThat(samples)
                .extracting(sample -> sample.labels().metricName())
                .containsExactly("other_count", "lag", "lag", "up");
        assertThat(samples.get(1).labels()).isEqualTo(Labels.of("__name__", "lag", "cam", "a"));
        assertThat(samples.get(1).histogram())
                .isEqualTo(
                        custom(
                                7,
                                12.5,
                                new double[] {0.1, 1, 5},
                                new double[] {2, 4, 1},
                                new Span(0, 1),
                                new Span(1, 2)));
        assertThat(samples.get(2).histogram())
                .isEqualTo(custom(3, 1, new double[] {1}, new double[] {3}, new Span(0, 1)));
    }

    @Test
    void classicPartsStayIfWanted() {
        assertThat(converted(ExpositionFormat.PROMETHEUS_TEXT, TEXT, true)).hasSize(14);
    }

    @Test
    void openMetricsKeepsExemplarsAndTimes() {
        String text =
                """
                # TYPE lag histogram
                lag_bucket{le="1.0"} 1 5 # {trace_id="t"} 0.5
                lag_bucket{le="+Inf"} 1 5
                lag_count 1 5
                lag_sum 0.5 5
                # EOF
                """;
        List<Collected.Sample> samples = converted(ExpositionFormat.OPENMETRICS, text, false);
        assertThat(samples).hasSize(1);
        assertThat(samples.getFirst().timestampMs()).isEqualTo(5000L);
        assertThat(samples.getFirst().exemplars()).hasSize(1);
    }

    @Test
    void bucketsThatAreNotCumulativeMakeNoHistogram() {
        String text =
                """
                # TYPE lag histogram
                lag_bucket{le="1"} 5
                lag_bucket{le="2"} 4
                lag_bucket{le="+Inf"} 6
                lag_count 6
                up 1
                """;
        assertThat(converted(ExpositionFormat.PROMETHEUS_TEXT, text, false))
                .extracting(sample -> Objects.requireNonNull(sample).labels().metricName())
                .containsExactly("up");
    }
}
