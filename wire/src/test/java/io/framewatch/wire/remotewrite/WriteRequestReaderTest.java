package io.framewatch.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.wire.proto.ProtoBytes;
import io.framewatch.wire.push.WriteLimits;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class WriteRequestReaderTest {

    private final RecordingSink sink = new RecordingSink();
    private final SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
    private final WriteRequestReader reader =
            new WriteRequestReader(new WriteLimits(100, 10, 64, 64), new SeriesByBytes(1_000));

    private static ProtoBytes label(String name, String value) {
        return new ProtoBytes().text(1, name).text(2, value);
    }

    private static ProtoBytes series(String metric) {
        return new ProtoBytes()
                .message(1, label("__name__", metric))
                .message(1, label("cam", "c1"));
    }

    private static ProtoBytes sample(double value, long timestampMs) {
        return new ProtoBytes().real(1, value).varint(2, timestampMs);
    }

    private RequestReader.Written read(ProtoBytes request) {
        byte[] bytes = request.bytes();
        return reader.read(bytes, bytes.length, batch, sink);
    }

    @Test
    void samplesExemplarsAndMetadata() {
        ProtoBytes one =
                series("fps")
                        .message(2, sample(25, 2000))
                        .message(2, sample(24.5, 1000))
                        .message(
                                3,
                                new ProtoBytes()
                                        .message(1, label("trace_id", "t"))
                                        .real(2, 1)
                                        .varint(3, 1500));
        ProtoBytes request =
                new ProtoBytes()
                        .message(1, one)
                        .message(
                                3,
                                new ProtoBytes()
                                        .varint(1, 2)
                                        .text(2, "fps")
                                        .text(4, "Frames")
                                        .text(5, "hertz"));
        assertThat(read(request)).isEqualTo(new RequestReader.Written(2, 0, 1));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.series(0).labels()).isEqualTo(Labels.of("__name__", "fps", "cam", "c1"));
        assertThat(batch.value(1)).isEqualTo(24.5);
        assertThat(batch.timestampMs(1)).isEqualTo(1000);
        assertThat(sink.exemplars)
                .containsExactly(new Exemplar(Labels.of("trace_id", "t"), 1, 1500));
        assertThat(sink.metadata)
                .containsExactly(
                        new MetricMetadata("fps", MetricMetadata.Type.GAUGE, "Frames", "hertz"));
        read(request);
        assertThat(sink.asked).hasSize(1);
    }

    @Test
    void nativeHistograms() {
        ProtoBytes histogram =
                new ProtoBytes()
                        .varint(1, 5)
                        .real(3, 9.5)
                        .zigzag(4, 2)
                        .message(11, new ProtoBytes().zigzag(1, -1).varint(2, 2))
                        .bytes(12, new byte[] {4, 2})
                        .varint(14, 2)
                        .varint(15, 777);
        assertThat(read(new ProtoBytes().message(1, series("h").message(4, histogram))))
                .isEqualTo(new RequestReader.Written(0, 1, 0));
        NativeHistogram read = Objects.requireNonNull(batch.histogram(0));
        assertThat(read.positiveBuckets()).containsExactly(2, 3);
        assertThat(read.resetHint()).isEqualTo(NativeHistogram.ResetHint.NO_RESET);
        assertThat(batch.timestampMs(0)).isEqualTo(777);
    }

    @Test
    void bucketsThatCustomBoundsDoNotReachAreRefused() {
        for (int offset : new int[] {-1, 2, Integer.MAX_VALUE}) {
            ProtoBytes histogram =
                    new ProtoBytes()
                            .zigzag(4, NativeHistogram.CUSTOM_BUCKETS)
                            .message(11, new ProtoBytes().zigzag(1, offset).varint(2, 1))
                            .bytes(12, new byte[] {2})
                            .real(16, 0.5);
            ProtoBytes request = new ProtoBytes().message(1, series("h").message(4, histogram));
            assertThatThrownBy(() -> read(request))
                    .isInstanceOf(WriteRequestException.class)
                    .hasMessageContaining("custom bounds");
        }
    }

    /// A label after the samples belongs to the series all the same, and never mixes it with
    /// another that begins alike.
    @Test
    void labelsBehindSamplesCount() {
        ProtoBytes late = series("a").message(2, sample(1, 1)).message(1, label("z", "1"));
        ProtoBytes plain = series("a").message(2, sample(2, 1));
        read(new ProtoBytes().message(1, plain).message(1, late).message(1, plain));
        assertThat(sink.asked).hasSizeGreaterThanOrEqualTo(2);
        assertThat(batch.series(1).labels().get("z")).isEqualTo("1");
        assertThat(batch.series(2).labels().has("z")).isFalse();
    }

    @Test
    void brokenRequestsAreRefused() {
        ProtoBytes nameless =
                new ProtoBytes().message(1, label("cam", "c1")).message(2, sample(1, 1));
        assertThatThrownBy(() -> read(new ProtoBytes().message(1, nameless)))
                .hasMessageContaining("no metric name");
        ProtoBytes twice = series("a").message(1, label("cam", "c2"));
        assertThatThrownBy(() -> read(new ProtoBytes().message(1, twice)))
                .hasMessageContaining("twice");
        ProtoBytes longValue = series("a").message(1, label("x", "y".repeat(100)));
        assertThatThrownBy(() -> read(new ProtoBytes().message(1, longValue)))
                .hasMessageContaining("longer than 64");
        ProtoBytes many = series("a");
        for (int i = 0; i < 101; i++) {
            many.message(2, sample(i, i));
        }
        assertThatThrownBy(() -> read(new ProtoBytes().message(1, many)))
                .hasMessageContaining("more than 100 samples");
    }

    @Test
    void truncatedAndDamagedBytesNeverBreakTheReader() {
        byte[] good =
                new ProtoBytes()
                        .message(1, series("a").message(2, sample(1, 1)))
                        .message(1, series("b").message(2, sample(2, 2)))
                        .bytes();
        assertThat(DamagedRequests.refusedBy(reader, good)).isGreaterThan(1000);
    }
}
