package io.framewatch.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written is read back.
final class ProtoWriterTest {

    private static final Labels DELAY = Labels.of("__name__", "delay", "cam", "c1");

    private static NativeHistogram histogram(ResetHint hint, Span[] spans, double... counts) {
        return new NativeHistogram(
                hint, 2, 0.001, 1.5, 5, 9.25, spans, counts, new Span[0], new double[0], NONE);
    }

    private static final double[] NONE = {};

    private static List<Collected.Sample> read(ProtoWriter writer) {
        return Collected.of(ExpositionFormat.PROTOBUF, writer.toBytes()).samples;
    }

    @Test
    void numbersKeepTheirLabelsAndTimes() {
        List<Collected.Sample> read =
                read(
                        new ProtoWriter()
                                .sample(DELAY, 4.5, 1_700_000_000_000L)
                                .sample(DELAY.with("cam", "c2"), Double.NaN, 1)
                                .sample(Labels.of("__name__", "other"), -1, 2));
        assertThat(read)
                .extracting(one -> one.labels() + " " + one.value() + " " + one.timestampMs())
                .containsExactly(
                        "delay{cam=\"c1\"} 4.5 1700000000000",
                        "delay{cam=\"c2\"} NaN 1",
                        "other -1.0 2");
    }

    @Test
    void histogramsKeepEveryBucket() {
        NativeHistogram some =
                histogram(
                        ResetHint.UNKNOWN, new Span[] {new Span(-3, 2), new Span(4, 1)}, 1, 2, 0.5);
        NativeHistogram gauge = histogram(ResetHint.GAUGE, new Span[] {new Span(0, 1)}, 3.5);
        List<Collected.Sample> read =
                read(
                        new ProtoWriter()
                                .sample(DELAY, 1, 5)
                                .sample(DELAY, some, 6)
                                .sample(DELAY, gauge, 7));
        assertThat(read)
                .filteredOn(one -> one.histogram() != null)
                .extracting(Collected.Sample::histogram)
                .containsExactly(some, gauge);
    }

    @Test
    void anEmptyHistogramIsOneAllTheSame() {
        NativeHistogram empty =
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new Span[0],
                        NONE,
                        new Span[0],
                        NONE,
                        NONE);
        NativeHistogram read =
                read(new ProtoWriter().sample(DELAY, empty, 1)).getFirst().histogram();
        assertThat(read).isNotNull().extracting(NativeHistogram::count).isEqualTo(0.0);
    }
}
