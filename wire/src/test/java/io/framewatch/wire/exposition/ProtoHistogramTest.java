package io.framewatch.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.NativeHistogram;
import io.framewatch.wire.proto.ProtoBytes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProtoHistogramTest {

    private static byte[] family(ProtoBytes histogram) {
        ProtoBytes metric =
                new ProtoBytes()
                        .message(1, new ProtoBytes().text(1, "cam").text(2, "c1"))
                        .message(7, histogram)
                        .varint(6, 1_700_000_000_000L);
        ProtoBytes family =
                new ProtoBytes()
                        .text(1, "latency")
                        .text(2, "help")
                        .varint(3, 4)
                        .message(4, metric)
                        .text(5, "seconds");
        return new ProtoBytes().raw(family).bytes();
    }

    @Test
    void nativeHistogramWithClassicBucketsBeside() {
        ProtoBytes histogram =
                new ProtoBytes()
                        .varint(1, 6)
                        .real(2, 12.5)
                        .message(3, new ProtoBytes().varint(1, 4).real(2, 1))
                        .zigzag(5, 3)
                        .real(6, 0.001)
                        .varint(7, 1)
                        .message(12, new ProtoBytes().zigzag(1, -2).varint(2, 2))
                        .message(12, new ProtoBytes().zigzag(1, 1).varint(2, 1))
                        .zigzag(13, 2)
                        .zigzag(13, -1)
                        .zigzag(13, 1);
        Collected collected = Collected.of(ExpositionFormat.PROTOBUF, family(histogram));
        NativeHistogram read = Objects.requireNonNull(collected.samples.getFirst().histogram());
        assertThat(read.schema()).isEqualTo(3);
        assertThat(read.count()).isEqualTo(6);
        assertThat(read.positiveBuckets()).containsExactly(2, 1, 2);
        assertThat(read.positiveSpans())
                .containsExactly(new NativeHistogram.Span(-2, 2), new NativeHistogram.Span(1, 1));
        assertThat(collected.samples)
                .extracting(s -> s.labels().toString())
                .containsExactly(
                        "latency{cam=\"c1\"}",
                        "latency_count{cam=\"c1\"}",
                        "latency_sum{cam=\"c1\"}",
                        "latency_bucket{cam=\"c1\", le=\"1.0\"}",
                        "latency_bucket{cam=\"c1\", le=\"+Inf\"}");
        assertThat(collected.samples.getLast().value()).isEqualTo(6);
        assertThat(collected.samples.getFirst().timestampMs()).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void spansWithoutTheirBucketsAreRefused() {
        ProtoBytes histogram =
                new ProtoBytes()
                        .varint(1, 6)
                        .message(12, new ProtoBytes().zigzag(1, 0).varint(2, 1_000_000_000));
        assertThatThrownBy(() -> Collected.of(ExpositionFormat.PROTOBUF, family(histogram)))
                .isInstanceOf(ExpositionException.class)
                .hasMessageContaining("buckets");
    }
}
