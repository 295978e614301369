package io.framewatch.wire.remotewrite;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.proto.ProtoException;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import org.jspecify.annotations.Nullable;

/// Reads `prometheus.WriteRequest` messages into batches. Not thread safe; belongs to one tenant.
public final class WriteRequestReader implements RequestReader {

    private final WriteLimits limits;
    private final SeriesByBytes known;
    private final ProtoCursor cursor = new ProtoCursor();
    private final PointReader points;

    private SeriesColumns columns;

    /// The entry in these columns of the series read last.
    private int last = SeriesColumns.NONE;

    /// A reader that refuses requests beyond `limits` and looks series up in `known`, which may be
    /// shared with readers of the same tenant and version.
    public WriteRequestReader(WriteLimits limits, SeriesByBytes known) {
        this.limits = limits;
        this.known = known;
        this.columns = known.columns();
        this.points = new PointReader(cursor, limits, false);
    }

    @Override
    public Written read(byte[] data, int length, SampleBatch batch, MetricSink sink) {
        points.begin();
        try {
            cursor.reset(data, 0, length);
            while (cursor.next()) {
                switch (cursor.field()) {
                    case 1 -> timeSeries(batch, sink);
                    case 3 -> sink.metadata(metadata());
                    default -> cursor.skip();
                }
            }
        } catch (ProtoException e) {
            throw new WriteRequestException("not a write request: " + e.getMessage());
        }
        return points.written();
    }

    private void timeSeries(SampleBatch batch, MetricSink sink) {
        int outer = cursor.enter();
        int expected = last == SeriesColumns.NONE ? last : columns.follower(last);
        if (expected != SeriesColumns.NONE && isAsExpected(expected, batch)) {
            last = expected;
            cursor.leave(outer);
            return;
        }
        int from = cursor.position();
        int to = cursor.limit();
        cursor.leave(outer);
        int after = cursor.position();
        int limit = cursor.limit();
        anySeries(from, to, batch, sink);
        cursor.reset(cursor.data(), after, limit);
    }

    /// Takes what nearly every series is: the labels that followed those before them last time, and
    /// behind them one sample. False if it is anything else; then nothing was taken.
    private boolean isAsExpected(int expected, SampleBatch batch) {
        byte[] data = cursor.data();
        int limit = cursor.limit();
        int at = columns.matched(expected, data, cursor.position(), limit);
        Series series = columns.series(expected);
        return at >= 0 && series != null && points.loneSample(data, at, limit, series, batch);
    }

    /// Labels come first in practice, and their bytes then name the series; where one stands behind
    /// a sample, the labels are read in full.
    private void anySeries(int from, int to, SampleBatch batch, MetricSink sink) {
        byte[] data = cursor.data();
        cursor.reset(data, from, to);
        int labelsTo = from;
        boolean leading = true;
        boolean scattered = false;
        while (cursor.next()) {
            boolean label = cursor.field() == 1;
            cursor.skip();
            scattered |= label && !leading;
            leading &= label;
            labelsTo = leading ? cursor.position() : labelsTo;
        }
        int entry = scattered ? SeriesColumns.NONE : columns.find(data, from, labelsTo);
        Series series = entry == SeriesColumns.NONE ? null : columns.series(entry);
        if (series == null) {
            series = sink.series(labels(data, from, to));
            if (!scattered && series != null) {
                known.put(data, from, labelsTo, series);
                entry = newest(data, from, labelsTo);
            }
        }
        if (entry != SeriesColumns.NONE && last != SeriesColumns.NONE) {
            columns.follow(last, entry);
        }
        last = entry;
        cursor.reset(data, labelsTo, to);
        points(series, batch, sink);
    }

    /// The entry of these bytes in the columns as they are now.
    private int newest(byte[] data, int from, int to) {
        SeriesColumns now = known.columns();
        if (now != columns) {
            columns = now;
            last = SeriesColumns.NONE;
        }
        return now.find(data, from, to);
    }

    /// The points behind the labels; those of a series that may not exist are passed over.
    private void points(@Nullable Series series, SampleBatch batch, MetricSink sink) {
        while (series != null && cursor.next()) {
            switch (cursor.field()) {
                case 2 -> points.sample(series, batch);
                case 3 -> exemplar(series, sink);
                case 4 -> points.histogram(series, batch);
                default -> cursor.skip();
            }
        }
    }

    private Labels labels(byte[] data, int from, int to) {
        Labels.Builder labels = new Labels.Builder();
        cursor.reset(data, from, to);
        int count = 0;
        while (cursor.next()) {
            if (cursor.field() != 1) {
                cursor.skip();
                continue;
            }
            label(labels);
            if (++count > limits.labelsMax()) {
                throw new WriteRequestException(
                        "a series has more than " + limits.labelsMax() + " labels");
            }
        }
        Labels built = labels.build();
        if (!built.has(Labels.NAME)) {
            throw new WriteRequestException("a series has no metric name");
        }
        return built;
    }

    private void label(Labels.Builder labels) {
        String name = "";
        String value = "";
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> name = text(limits.labelNameLengthMax(), "name");
                case 2 -> value = text(limits.labelValueLengthMax(), "value");
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        if (name.isEmpty()) {
            throw new WriteRequestException("a label has no name");
        }
        if (labels.find(name) != null) {
            throw new WriteRequestException("the label " + name + " is given twice");
        }
        labels.set(name, value);
    }

    private String text(int lengthMax, String what) {
        int before = cursor.position();
        String text = cursor.strictText();
        if (cursor.position() - before > lengthMax + 5) {
            throw new WriteRequestException(
                    "a label " + what + " is longer than " + lengthMax + " bytes");
        }
        return text;
    }

    private void exemplar(Series series, MetricSink sink) {
        Labels.Builder labels = new Labels.Builder();
        double value = 0;
        long timestampMs = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> label(labels);
                case 2 -> value = cursor.real();
                case 3 -> timestampMs = cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        sink.exemplar(series, new Exemplar(labels.build(), value, timestampMs));
        points.exemplar();
    }

    private MetricMetadata metadata() {
        int type = 0;
        String family = "";
        String help = "";
        String unit = "";
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> type = (int) cursor.integer();
                case 2 -> family = cursor.text();
                case 4 -> help = cursor.text();
                case 5 -> unit = cursor.text();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return new MetricMetadata(family, type(type), help, unit);
    }

    static MetricMetadata.Type type(int number) {
        return switch (number) {
            case 1 -> MetricMetadata.Type.COUNTER;
            case 2 -> MetricMetadata.Type.GAUGE;
            case 3 -> MetricMetadata.Type.HISTOGRAM;
            case 4 -> MetricMetadata.Type.GAUGE_HISTOGRAM;
            case 5 -> MetricMetadata.Type.SUMMARY;
            case 6 -> MetricMetadata.Type.INFO;
            case 7 -> MetricMetadata.Type.STATE_SET;
            default -> MetricMetadata.Type.UNKNOWN;
        };
    }
}
