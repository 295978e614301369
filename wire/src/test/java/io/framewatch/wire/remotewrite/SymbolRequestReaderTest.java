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

final class SymbolRequestReaderTest {

    private final RecordingSink sink = new RecordingSink();
    private final SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
    private final SymbolRequestReader reader =
            new SymbolRequestReader(new WriteLimits(100, 10, 64, 64), new SeriesByBytes(1_000));

    private static ProtoBytes symbols(String... texts) {
        ProtoBytes request = new ProtoBytes().text(4, "");
        for (String text : texts) {
            request.text(4, text);
        }
        return request;
    }

    private static ProtoBytes sample(double value, long timestampMs, long startMs) {
        return new ProtoBytes().real(1, value).varint(2, timestampMs).varint(3, startMs);
    }

    private RequestReader.Written read(ProtoBytes request) {
        byte[] bytes = request.bytes();
        batch.clear();
        return reader.read(bytes, bytes.length, batch, sink);
    }

    @Test
    void everythingASeriesCarries() {
        ProtoBytes histogram =
                new ProtoBytes()
                        .varint(1, 5)
                        .real(3, 9.5)
                        .zigzag(4, 2)
                        .message(11, new ProtoBytes().zigzag(1, -1).varint(2, 2))
                        .bytes(12, new byte[] {4, 2})
                        .varint(15, 777)
                        .varint(17, 700);
        ProtoBytes series =
                new ProtoBytes()
                        .bytes(1, new byte[] {1, 2, 3, 4})
                        .message(2, sample(25, 2000, 1000))
                        .message(3, histogram)
                        .message(
                                4,
                                new ProtoBytes()
                                        .bytes(1, new byte[] {5, 6})
                                        .real(2, 1)
                                        .varint(3, 1500))
                        .message(5, new ProtoBytes().varint(1, 3).varint(3, 7).varint(4, 8));
        ProtoBytes request =
                symbols("__name__", "d_bucket", "cam", "c1", "trace_id", "t", "Delay", "seconds")
                        .message(5, series);
        assertThat(read(request)).isEqualTo(new RequestReader.Written(1, 1, 1));
        assertThat(batch.series(0).labels())
                .isEqualTo(Labels.of("__name__", "d_bucket", "cam", "c1"));
        assertThat(batch.startTimestampMs(0)).isEqualTo(1000);
        NativeHistogram read = Objects.requireNonNull(batch.histogram(1));
        assertThat(read.positiveBuckets()).containsExactly(2, 3);
        assertThat(batch.startTimestampMs(1)).isEqualTo(700);
        assertThat(sink.exemplars)
                .containsExactly(new Exemplar(Labels.of("trace_id", "t"), 1, 1500));
        assertThat(sink.metadata)
                .containsExactly(
                        new MetricMetadata("d", MetricMetadata.Type.HISTOGRAM, "Delay", "seconds"));
    }

    /// The numbers of symbols change from request to request, the series stays.
    @Test
    void aSeriesIsFoundAgainUnderOtherNumbers() {
        read(
                symbols("__name__", "fps")
                        .message(
                                5,
                                new ProtoBytes()
                                        .bytes(1, new byte[] {1, 2})
                                        .message(2, sample(1, 1, 0))));
        read(
                symbols("other", "fps", "__name__")
                        .message(
                                5,
                                new ProtoBytes()
                                        .bytes(1, new byte[] {3, 2})
                                        .message(2, sample(2, 2, 0))));
        assertThat(sink.asked).containsExactly(Labels.of("__name__", "fps"));
        assertThat(batch.startTimestampMs(0)).isEqualTo(SampleBatch.NO_START);
    }

    @Test
    void aRefusedSeriesIsPassedOver() {
        sink.refused = "no";
        ProtoBytes request =
                symbols("__name__", "no", "yes")
                        .message(
                                5,
                                new ProtoBytes()
                                        .bytes(1, new byte[] {1, 2})
                                        .message(2, sample(1, 1, 0)))
                        .message(
                                5,
                                new ProtoBytes()
                                        .bytes(1, new byte[] {1, 3})
                                        .message(2, sample(2, 2, 0)));
        assertThat(read(request)).isEqualTo(new RequestReader.Written(1, 0, 0));
        assertThat(batch.value(0)).isEqualTo(2);
    }

    private void refused(ProtoBytes request, String reason) {
        assertThatThrownBy(() -> read(request))
                .isInstanceOf(WriteRequestException.class)
                .hasMessageContaining(reason);
    }

    private static ProtoBytes labels(int... refs) {
        byte[] bytes = new byte[refs.length];
        for (int i = 0; i < refs.length; i++) {
            bytes[i] = (byte) refs[i];
        }
        return new ProtoBytes().bytes(1, bytes);
    }

    @Test
    void brokenRequestsAreRefused() {
        refused(symbols("__name__", "x").message(5, labels(1, 9)), "symbol 9 of 3");
        refused(symbols("__name__", "x").message(5, labels(1)), "without a value");
        refused(symbols("cam", "x").message(5, labels(1, 2)), "no metric name");
        refused(symbols("__name__", "x").message(5, labels(1, 2, 1, 2)), "given twice");
        refused(symbols("__name__", "x").message(5, labels(1, 2, 0, 2)), "no name");
        refused(symbols("__name__", "x".repeat(65)).message(5, labels(1, 2)), "longer than 64");
        refused(new ProtoBytes().text(4, "x").message(5, labels()), "first symbol");
        refused(
                symbols("__name__")
                        .bytes(4, new byte[] {(byte) 0xc3, 0x28})
                        .message(5, labels(1, 2)),
                "not UTF-8");
    }

    @Test
    void damagedBytesNeverBreakTheReader() {
        byte[] good =
                symbols("__name__", "a", "cam")
                        .message(5, labels(1, 2, 3, 2).message(2, sample(1, 1, 1)))
                        .bytes();
        assertThat(DamagedRequests.refusedBy(reader, good)).isGreaterThan(1000);
    }
}
