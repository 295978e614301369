package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import io.framewatch.server.http.JsonOut;
import org.junit.jupiter.api.Test;

final class HistogramJsonTest {

    private static String json(NativeHistogram histogram) {
        JsonOut out = new JsonOut();
        HistogramJson.write(out, histogram);
        return new String(out.toBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void writesBucketsFromTheMostNegativeToTheMostPositive() {
        NativeHistogram histogram =
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        0,
                        0.001,
                        2,
                        10,
                        3.5,
                        new Span[] {new Span(0, 2), new Span(1, 1)},
                        new double[] {1, 2, 1},
                        new Span[] {new Span(1, 2)},
                        new double[] {3, 1},
                        new double[0]);
        assertThat(json(histogram))
                .isEqualTo(
                        "{\"count\":\"10\",\"sum\":\"3.5\",\"buckets\":["
                                + "[1,\"-4\",\"-2\",\"1\"],[1,\"-2\",\"-1\",\"3\"],"
                                + "[3,\"-0.001\",\"0.001\",\"2\"],"
                                + "[0,\"0.5\",\"1\",\"1\"],[0,\"1\",\"2\",\"2\"],"
                                + "[0,\"4\",\"8\",\"1\"]]}");
    }

    @Test
    void customBucketsHaveTheirOwnBounds() {
        NativeHistogram histogram =
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        NativeHistogram.CUSTOM_BUCKETS,
                        0,
                        0,
                        3,
                        1,
                        new Span[] {new Span(0, 3)},
                        new double[] {1, 1, 1},
                        new Span[0],
                        new double[0],
                        new double[] {0.5, 2});
        assertThat(json(histogram))
                .contains(
                        "[3,\"-Inf\",\"0.5\",\"1\"],[0,\"0.5\",\"2\",\"1\"],[0,\"2\",\"+Inf\",\"1\"]");
    }

    @Test
    void emptyHistogramsHaveNoBuckets() {
        NativeHistogram histogram =
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        3,
                        0,
                        0,
                        0,
                        0,
                        new Span[0],
                        new double[0],
                        new Span[0],
                        new double[0],
                        new double[0]);
        assertThat(json(histogram)).isEqualTo("{\"count\":\"0\",\"sum\":\"0\"}");
    }

    @Test
    void boundsArePowersOfTwo() {
        assertThat(HistogramJson.exponentialBound(0, 3)).isEqualTo(8);
        assertThat(HistogramJson.exponentialBound(-2, 1)).isEqualTo(16);
        assertThat(HistogramJson.exponentialBound(1, 1)).isEqualTo(Math.sqrt(2));
        assertThat(HistogramJson.exponentialBound(0, 1024)).isEqualTo(Double.MAX_VALUE);
        assertThat(HistogramJson.exponentialBound(2, -4)).isEqualTo(0.5);
    }
}
