package io.framewatch.store.record;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Numbers of one tenant as they stand in the log: what was decided about them (ids, duplicates)
/// has been decided before, so that reading a record again gives the same rows for ever.
///
/// @param tenant whose
/// @param series identities told with this record
/// @param days days on which series were seen for the first time
/// @param samples float samples
/// @param histograms histogram samples
/// @param exemplars exemplars
/// @param metadata what is known about metric families
public record MetricRecord(
        Tenant tenant,
        SeriesRows series,
        List<DayRow> days,
        SampleRows samples,
        List<HistogramRow> histograms,
        List<ExemplarRow> exemplars,
        List<MetricMetadata> metadata) {

    /// The identity of a series.
    ///
    /// @param id its id
    /// @param salt what was mixed in so that its id is its own, 0 nearly always
    /// @param labels its labels
    public record SeriesRow(long id, int salt, Labels labels) {}

    /// A series was seen on a day.
    ///
    /// @param id the series
    /// @param day days since 1970-01-01, UTC
    public record DayRow(long id, int day) {}

    /// A histogram sample.
    ///
    /// @param id the series
    /// @param timestampMs Unix milliseconds
    /// @param histogram its value
    /// @param startMs when the counting behind it began, [SampleBatch#NO_START] if unknown
    public record HistogramRow(long id, long timestampMs, NativeHistogram histogram, long startMs) {

        boolean hasStart() {
            return startMs != SampleBatch.NO_START;
        }

        private HistogramRow startedAt(long ms) {
            return new HistogramRow(id, timestampMs, histogram, ms);
        }
    }

    /// An exemplar.
    ///
    /// @param id the series
    /// @param exemplar what was observed
    public record ExemplarRow(long id, Exemplar exemplar) {}

    /// An empty record to be filled.
    public static MetricRecord of(Tenant tenant) {
        return of(tenant, 0);
    }

    /// An empty record with room for `samples` float samples; it grows as needed.
    public static MetricRecord of(Tenant tenant, int samples) {
        return of(tenant, new SeriesRows(), new SampleRows(samples));
    }

    private static MetricRecord of(Tenant tenant, SeriesRows series, SampleRows samples) {
        return new MetricRecord(
                tenant,
                series,
                new ArrayList<>(),
                samples,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /// Whether there is nothing in it.
    public boolean isEmpty() {
        return series.isEmpty()
                && days.isEmpty()
                && samples.size() == 0
                && histograms.isEmpty()
                && exemplars.isEmpty()
                && metadata.isEmpty();
    }

    /// Timestamp of the oldest sample, histogram or exemplar, Unix milliseconds; `Long.MAX_VALUE`
    /// if there is none.
    public long oldestMs() {
        long oldest = samples.oldestMs();
        for (HistogramRow row : histograms) {
            oldest = Math.min(oldest, row.timestampMs());
        }
        for (ExemplarRow row : exemplars) {
            oldest = Math.min(oldest, row.exemplar().timestampMs());
        }
        return oldest;
    }

    /// The record as bytes.
    public ByteBuffer encode() {
        ByteWriter out = new ByteWriter(64 + samples.size() * 24 + series.size() * 256);
        out.putText(tenant.id());
        series.write(out);
        out.putInt(days.size());
        for (DayRow row : days) {
            out.putLong(row.id()).putInt(row.day());
        }
        samples.write(out);
        out.putInt(histograms.size());
        for (HistogramRow row : histograms) {
            out.putLong(row.id()).putLong(row.timestampMs());
            HistogramCodec.write(out, row.histogram());
        }
        out.putInt(exemplars.size());
        for (ExemplarRow row : exemplars) {
            Exemplar exemplar = row.exemplar();
            out.putLong(row.id()).putLong(exemplar.timestampMs()).putDouble(exemplar.value());
            out.putLabels(exemplar.labels());
        }
        out.putInt(metadata.size());
        for (MetricMetadata family : metadata) {
            out.putText(family.family()).putText(family.type().name());
            out.putText(family.help()).putText(family.unit());
        }
        if (hasStarts()) {
            samples.writeStarts(out);
            writeHistogramStarts(out);
        }
        return out.done();
    }

    /// Whether the start of any sample is known.
    private boolean hasStarts() {
        return samples.hasStarts() || histograms.stream().anyMatch(HistogramRow::hasStart);
    }

    private void writeHistogramStarts(ByteWriter out) {
        out.putInt((int) histograms.stream().filter(HistogramRow::hasStart).count());
        for (int row = 0; row < histograms.size(); row++) {
            if (histograms.get(row).hasStart()) {
                out.putInt(row).putLong(histograms.get(row).startMs());
            }
        }
    }

    private void readStarts(ByteBuffer in) {
        samples.readStarts(in);
        for (int n = in.getInt(); n > 0; n--) {
            int row = in.getInt();
            histograms.set(row, histograms.get(row).startedAt(in.getLong()));
        }
    }

    /// Reads what [#encode] wrote; `in` is little endian and ends with the record. Where no start
    /// is known, which was so in all records before there were any, nothing follows the metadata.
    public static MetricRecord decode(ByteBuffer in) {
        String tenant = ByteWriter.text(in);
        return decode(in, of(new Tenant(tenant)));
    }

    /// The same without copying identities and samples: `in` is to stay as it is while the record
    /// is used, which can be neither added to nor encoded.
    public static MetricRecord over(ByteBuffer in) {
        Tenant tenant = new Tenant(ByteWriter.text(in));
        return decode(in, of(tenant, SeriesRows.lent(), SampleRows.lent()));
    }

    private static MetricRecord decode(ByteBuffer in, MetricRecord record) {
        record.series.read(in);
        for (int n = in.getInt(); n > 0; n--) {
            record.days.add(new DayRow(in.getLong(), in.getInt()));
        }
        record.samples.read(in);
        for (int n = in.getInt(); n > 0; n--) {
            record.histograms.add(
                    new HistogramRow(
                            in.getLong(),
                            in.getLong(),
                            HistogramCodec.read(in),
                            SampleBatch.NO_START));
        }
        for (int n = in.getInt(); n > 0; n--) {
            long id = in.getLong();
            long timestampMs = in.getLong();
            double value = in.getDouble();
            record.exemplars.add(
                    new ExemplarRow(id, new Exemplar(ByteWriter.labels(in), value, timestampMs)));
        }
        for (int n = in.getInt(); n > 0; n--) {
            record.metadata.add(family(in));
        }
        if (in.hasRemaining()) {
            record.readStarts(in);
        }
        return record;
    }

    private static MetricMetadata family(ByteBuffer in) {
        String name = ByteWriter.text(in);
        MetricMetadata.Type type = MetricMetadata.Type.valueOf(ByteWriter.text(in));
        return new MetricMetadata(name, type, ByteWriter.text(in), ByteWriter.text(in));
    }
}
