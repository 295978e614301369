package io.framewatch.ingest.forward;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/// Cuts batches into chunks for the spool, each with the labels of its series. Stateless.
final class SampleChunks {

    /// Most rows of a chunk.
    static final int ROWS_MAX = 10_000;

    private SampleChunks() {}

    /// Hands the bytes of each chunk, and how many rows it has, to `sink`.
    static void of(SampleBatch batch, ObjIntConsumer<byte[]> sink) {
        for (int from = 0; from < batch.size(); from += ROWS_MAX) {
            int to = Math.min(batch.size(), from + ROWS_MAX);
            sink.accept(bytes(record(batch, from, to)), to - from);
        }
    }

    /// The same with exemplars.
    static void of(Tenant tenant, List<SeriesExemplar> exemplars, ObjIntConsumer<byte[]> sink) {
        for (int from = 0; from < exemplars.size(); from += ROWS_MAX) {
            int to = Math.min(exemplars.size(), from + ROWS_MAX);
            MetricRecord record = MetricRecord.of(tenant);
            Set<Long> told = new HashSet<>();
            for (SeriesExemplar one : exemplars.subList(from, to)) {
                Series series = one.series();
                tell(record, series, told);
                record.exemplars().add(new MetricRecord.ExemplarRow(series.id(), one.exemplar()));
            }
            sink.accept(bytes(record), to - from);
        }
    }

    private static void tell(MetricRecord record, Series series, Set<Long> told) {
        if (told.add(series.id())) {
            record.series().add(new MetricRecord.SeriesRow(series.id(), 0, series.labels()));
        }
    }

    private static MetricRecord record(SampleBatch batch, int from, int to) {
        Tenant tenant = batch.tenant();
        MetricRecord record = MetricRecord.of(tenant);
        Set<Long> told = new HashSet<>();
        for (int row = from; row < to; row++) {
            Series series = batch.series(row);
            tell(record, series, told);
            NativeHistogram histogram = batch.histogram(row);
            long timestampMs = batch.timestampMs(row);
            long startMs = batch.startTimestampMs(row);
            if (histogram == null) {
                record.samples().add(series.id(), timestampMs, batch.value(row), startMs);
            } else {
                record.histograms()
                        .add(
                                new MetricRecord.HistogramRow(
                                        series.id(), timestampMs, histogram, startMs));
            }
        }
        return record;
    }

    private static byte[] bytes(MetricRecord record) {
        ByteBuffer encoded = record.encode();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
