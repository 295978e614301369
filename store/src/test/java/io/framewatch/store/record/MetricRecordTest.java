package io.framewatch.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricRecordTest {

    private static final NativeHistogram HISTOGRAM =
            new NativeHistogram(
                    NativeHistogram.ResetHint.UNKNOWN,
                    0,
                    0,
                    0,
                    1,
                    2,
                    new NativeHistogram.Span[] {new NativeHistogram.Span(0, 1)},
                    new double[] {1},
                    new NativeHistogram.Span[0],
                    new double[0],
                    new double[0]);

    private static MetricRecord record(long startMs) {
        MetricRecord record = MetricRecord.of(new Tenant("t"));
        record.samples().add(1, 10, 1.5);
        record.samples().add(2, 11, 2.5, startMs);
        record.histograms()
                .add(new MetricRecord.HistogramRow(3, 12, HISTOGRAM, SampleBatch.NO_START));
        record.histograms().add(new MetricRecord.HistogramRow(3, 13, HISTOGRAM, startMs));
        record.metadata().add(new MetricMetadata("m", MetricMetadata.Type.COUNTER, "help", ""));
        return record;
    }

    private static MetricRecord again(ByteBuffer bytes) {
        return MetricRecord.decode(bytes.order(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void startsComeBackWithTheirRows() {
        MetricRecord read = again(record(7).encode());
        assertThat(read.samples().startMs(0)).isEqualTo(SampleBatch.NO_START);
        assertThat(read.samples().startMs(1)).isEqualTo(7);
        assertThat(read.histograms()).isEqualTo(record(7).histograms());
        assertThat(read.metadata()).isEqualTo(record(7).metadata());
    }

    /// What logs of before hold: nothing behind the metadata.
    @Test
    void withoutStartsARecordIsWhatItWasBeforeThereWereAny() {
        ByteBuffer with = record(7).encode();
        ByteBuffer without = record(SampleBatch.NO_START).encode();
        int startBytes = 2 * (Integer.BYTES + Integer.BYTES + Long.BYTES);
        assertThat(without).isEqualTo(with.duplicate().limit(with.limit() - startBytes));
        MetricRecord read = again(without);
        assertThat(read.samples().hasStarts()).isFalse();
        assertThat(read.samples().value(1)).isEqualTo(2.5);
        assertThat(read.histograms()).isEqualTo(record(SampleBatch.NO_START).histograms());
    }

    @Test
    void aRecordThatEndsAmongItsStartsIsRefused() {
        ByteBuffer cut = record(7).encode();
        cut.limit(cut.limit() - 3);
        assertThatThrownBy(() -> again(cut)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void readWithoutCopyingItIsTheSame() {
        MetricRecord record = record(7);
        record.series().add(new MetricRecord.SeriesRow(-5, 200, Labels.of("a", "b", "é", "日本")));
        record.series().add(new MetricRecord.SeriesRow(6, 0, Labels.EMPTY));
        record.days().add(new MetricRecord.DayRow(6, 20_000));
        ByteBuffer bytes = record.encode();
        MetricRecord copied = again(bytes.duplicate());
        MetricRecord read = MetricRecord.over(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(read.series()).containsExactlyElementsOf(record.series());
        assertThat(copied.series()).containsExactlyElementsOf(record.series());
        assertThat(pairs(read.series())).isEqualTo(pairs(record.series()));
        assertThat(read.series().id(0)).isEqualTo(-5);
        assertThat(read.series().salt(0)).isEqualTo(200);
        assertThat(read.days()).isEqualTo(record.days());
        assertThat(read.samples().size()).isEqualTo(2);
        for (int row = 0; row < 2; row++) {
            assertThat(read.samples().id(row)).isEqualTo(record.samples().id(row));
            assertThat(read.samples().timestampMs(row))
                    .isEqualTo(record.samples().timestampMs(row));
            assertThat(read.samples().value(row)).isEqualTo(record.samples().value(row));
            assertThat(read.samples().valueBits(row)).isEqualTo(record.samples().valueBits(row));
            assertThat(read.samples().startMs(row)).isEqualTo(record.samples().startMs(row));
        }
        assertThat(read.histograms()).isEqualTo(record.histograms());
        assertThatThrownBy(() -> read.samples().add(1, 1, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> read.series().add(new MetricRecord.SeriesRow(1, 0, Labels.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<String> pairs(SeriesRows rows) {
        List<String> found = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int many =
                    rows.pairs(
                            row,
                            (in, name, nameBytes, value, valueBytes) ->
                                    found.add(
                                            text(in, name, nameBytes)
                                                    + "="
                                                    + text(in, value, valueBytes)));
            found.add(many + " pairs");
        }
        return found;
    }

    private static String text(ByteBuffer in, int at, int length) {
        byte[] text = new byte[length];
        in.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
