package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.spool.Chunk;
import io.framewatch.model.Labels;
import io.framewatch.store.record.MetricRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// A chunk of samples, read: float samples, then histograms, then exemplars. Not thread safe.
final class ChunkRows {

    private final MetricRecord record;
    private final Map<Long, SeriesBytes.Sent> series = new HashMap<>();
    private final int floats;
    private final int numbers;

    ChunkRows(Chunk chunk, SeriesBytes bytes) {
        record =
                MetricRecord.decode(ByteBuffer.wrap(chunk.unpack()).order(ByteOrder.LITTLE_ENDIAN));
        floats = record.samples().size();
        numbers = floats + record.histograms().size();
        if (numbers + record.exemplars().size() != chunk.rows()) {
            throw new IllegalStateException("a chunk does not hold the rows it says");
        }
        for (MetricRecord.SeriesRow one : record.series()) {
            Labels own = one.labels();
            series.put(one.id(), bytes.of(own));
        }
    }

    long timestampMs(int row) {
        if (row < floats) {
            return record.samples().timestampMs(row);
        }
        return row < numbers
                ? record.histograms().get(row - floats).timestampMs()
                : record.exemplars().get(row - numbers).exemplar().timestampMs();
    }

    /// Whether the remote takes rows of this type and relabelling keeps the series.
    boolean isWanted(int row, RemoteConfig config) {
        boolean type =
                row < floats || (row < numbers ? config.nativeHistograms() : config.exemplars());
        return type && sent(row).labels().length > 0;
    }

    /// The same for all rows of a series.
    int hash(int row) {
        return sent(row).hash();
    }

    private SeriesBytes.Sent sent(int row) {
        long id =
                row < floats
                        ? record.samples().id(row)
                        : row < numbers
                                ? record.histograms().get(row - floats).id()
                                : record.exemplars().get(row - numbers).id();
        return series.getOrDefault(id, SeriesBytes.DROPPED);
    }

    void addTo(WriteBatch batch, int row) {
        byte[] labels = sent(row).labels();
        if (row < floats) {
            batch.add(labels, record.samples().timestampMs(row), record.samples().value(row));
        } else if (row < numbers) {
            MetricRecord.HistogramRow own = record.histograms().get(row - floats);
            batch.add(labels, own.timestampMs(), own.histogram());
        } else {
            batch.add(labels, record.exemplars().get(row - numbers).exemplar());
        }
    }
}
