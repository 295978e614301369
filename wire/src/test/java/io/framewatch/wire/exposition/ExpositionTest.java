package io.framewatch.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExpositionTest {

    @Test
    void textWithTimestampsEscapesAndQuotedNames() {
        Collected collected =
                Collected.of(
                        ExpositionFormat.PROMETHEUS_TEXT,
                        """
                        # HELP frames Frames\\nseen
                        # TYPE frames counter
                        frames{camera="gate \\"north\\"",path="C:\\\\x"} 12 1700000000123
                        {"stream.fps", "camera.id"="c1"} 25\r
                        """);
        assertThat(collected.samples).hasSize(2);
        Collected.Sample first = collected.samples.getFirst();
        assertThat(first.labels().get("camera")).isEqualTo("gate \"north\"");
        assertThat(first.labels().get("path")).isEqualTo("C:\\x");
        assertThat(first.timestampMs()).isEqualTo(1_700_000_000_123L);
        assertThat(collected.samples.get(1).labels())
                .isEqualTo(Labels.of("__name__", "stream.fps", "camera.id", "c1"));
        assertThat(collected.metadata.get("frames"))
                .isEqualTo(
                        new MetricMetadata(
                                "frames", MetricMetadata.Type.COUNTER, "Frames\nseen", ""));
    }

    @Test
    void boundsGetOneNotation() {
        Collected collected =
                Collected.of(
                        ExpositionFormat.PROMETHEUS_TEXT,
                        """
                        # TYPE h histogram
                        h_bucket{le="1"} 1
                        h_bucket{le="+Inf"} 2
                        # TYPE s summary
                        s{quantile="0"} 1
                        # TYPE g gauge
                        g{le="1"} 2
                        """);
        List<String> bounds =
                collected.samples.stream()
                        .map(s -> s.labels().get("le") + s.labels().get("quantile"))
                        .toList();
        assertThat(bounds).containsExactly("1.0", "+Inf", "0.0", "1");
    }

    @Test
    void equalBytesAreTheKeyOfASeries() {
        byte[] text = "a{b=\"c\"} 1\na{b=\"c\"} 2\n".getBytes(StandardCharsets.UTF_8);
        List<String> keys = new ArrayList<>();
        Exposition.parse(
                ExpositionFormat.PROMETHEUS_TEXT,
                text,
                text.length,
                sample ->
                        keys.add(
                                new String(
                                        sample.key(),
                                        sample.keyFrom(),
                                        sample.keyTo() - sample.keyFrom(),
                                        StandardCharsets.UTF_8)));
        assertThat(keys).containsExactly("a{b=\"c\"}", "a{b=\"c\"}");
    }

    @Test
    void numbersReadAsJavaReadsThem() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value =
                    switch (i % 4) {
                        case 0 -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 15);
                        case 1 -> random.nextInt(1_000_000) / 1000.0;
                        case 2 -> -random.nextLong();
                        default -> Double.longBitsToDouble(random.nextLong());
                    };
            byte[] text = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
            if (Double.isInfinite(value)) {
                continue;
            }
            assertThat(Numbers.isNumber(text, 0, text.length)).isTrue();
            assertThat(Numbers.parse(text, 0, text.length)).isEqualTo(Double.valueOf(value));
        }
    }

    @Test
    void printsNumbersAsGoDoes() {
        assertThat(GoFloat.print(0.1)).isEqualTo("0.1");
        assertThat(GoFloat.print(1e21)).isEqualTo("1e+21");
        assertThat(GoFloat.print(123456789)).isEqualTo("123456789");
        assertThat(GoFloat.print(1.5e-7)).isEqualTo("1.5e-07");
        assertThat(GoFloat.print(-0.0)).isEqualTo("-0");
        assertThat(GoFloat.bound(1)).isEqualTo("1.0");
        assertThat(GoFloat.bound(1234567)).isEqualTo("1.234567e+06");
        assertThat(GoFloat.bound(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    }

    @Test
    void whatIsWrittenReadsBack() {
        TextWriter writer = new TextWriter();
        writer.family("a_total", MetricMetadata.Type.COUNTER, "With \\ and\nbreak");
        Labels labels = Labels.of("__name__", "a_total", "x", "q\"uo\\te\n", "y.z", "1");
        writer.sample(labels, 1.5).sample("plain", Double.NaN);
        writer.sample(Labels.of("__name__", "dotted.name", "a", "b"), -1, 1234);
        Collected collected = Collected.of(ExpositionFormat.PROMETHEUS_TEXT, writer.toString());
        assertThat(collected.samples)
                .extracting(Collected.Sample::labels)
                .containsExactly(
                        labels,
                        Labels.of("__name__", "plain"),
                        Labels.of("__name__", "dotted.name", "a", "b"));
        assertThat(collected.samples.get(2).timestampMs()).isEqualTo(1234);
        assertThat(collected.metadata.get("a_total"))
                .isEqualTo(
                        new MetricMetadata(
                                "a_total", MetricMetadata.Type.COUNTER, "With \\ and\nbreak", ""));
    }

    @Test
    void problemsNameTheirLine() {
        assertThatThrownBy(() -> Collected.of(ExpositionFormat.PROMETHEUS_TEXT, "a 1\nb{x=1} 2\n"))
                .hasMessageStartingWith("line 2: ");
        assertThatThrownBy(() -> Collected.of(ExpositionFormat.OPENMETRICS, "a 1\n"))
                .hasMessageContaining("# EOF");
        assertThatThrownBy(() -> Collected.of(ExpositionFormat.PROMETHEUS_TEXT, "<html>\n"))
                .isInstanceOf(ExpositionException.class);
    }

    /// Bytes flipped, cut and repeated: either a reading or an ExpositionException, nothing else.
    @Test
    void damagedInputNeverBreaksTheParser() {
        byte[] text =
                """
                # TYPE h histogram
                # UNIT x_s s
                h_bucket{le="1",a="b\\""} 1 12 # {t="1"} 0.5 1
                {"a.b",c="d"} +Inf
                # EOF
                """
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] damaged = text.clone();
            for (int j = 0; j < 1 + i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(damaged.length + 1);
            for (ExpositionFormat format : ExpositionFormat.values()) {
                try {
                    Exposition.parse(format, damaged, length, new Collected());
                    read++;
                } catch (ExpositionException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }
        assertThat(read).isPositive();
    }
}
