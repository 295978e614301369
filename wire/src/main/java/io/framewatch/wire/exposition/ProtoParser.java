package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.proto.ProtoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Delimited `MetricFamily` messages. Classic histograms and summaries are taken apart into the
/// series they have in text.
final class ProtoParser {

    private final byte[] data;
    private final int end;
    private final ExpositionVisitor visitor;
    private final ProtoSample sample = new ProtoSample();

    private String family = "";
    private int typeNumber;

    ProtoParser(byte[] data, int end, ExpositionVisitor visitor) {
        this.data = data;
        this.end = end;
        this.visitor = visitor;
    }

    void parse() {
        try {
            int at = 0;
            ProtoCursor delimiter = new ProtoCursor();
            while (at < end) {
                delimiter.reset(data, at, end);
                long length = delimiter.varint();
                int from = delimiter.position();
                if (length < 0 || length > end - from) {
                    throw new ExpositionException(0, "a metric family is cut off at byte " + at);
                }
                at = from + (int) length;
                family(from, at);
            }
        } catch (ProtoException e) {
            throw new ExpositionException(0, "not a metric family: " + e.getMessage());
        }
    }

    private void family(int from, int to) {
        family = "";
        typeNumber = 0;
        String help = "";
        String unit = "";
        ProtoCursor cursor = new ProtoCursor().reset(data, from, to);
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> family = cursor.text();
                case 2 -> help = cursor.text();
                case 3 -> typeNumber = (int) cursor.integer();
                case 5 -> unit = cursor.text();
                default -> cursor.skip();
            }
        }
        if (family.isEmpty()) {
            throw new ExpositionException(0, "a metric family has no name");
        }
        if (visitor.wantsMetadata()) {
            visitor.metadata(new MetricMetadata(family, type(), help, unit));
        }
        cursor.reset(data, from, to);
        while (cursor.next()) {
            if (cursor.field() == 4) {
                metric(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    private MetricMetadata.Type type() {
        return switch (typeNumber) {
            case 0 -> MetricMetadata.Type.COUNTER;
            case 1 -> MetricMetadata.Type.GAUGE;
            case 2 -> MetricMetadata.Type.SUMMARY;
            case 3 -> MetricMetadata.Type.UNKNOWN;
            case 4 -> MetricMetadata.Type.HISTOGRAM;
            case 5 -> MetricMetadata.Type.GAUGE_HISTOGRAM;
            default -> throw new ExpositionException(0, "unknown metric type " + typeNumber);
        };
    }

    private void metric(ProtoCursor cursor) {
        int outer = cursor.enter();
        int from = cursor.position();
        sample.begin(data);
        while (cursor.next()) {
            if (cursor.field() == 1) {
                label(cursor);
            } else if (cursor.field() == 6) {
                sample.takeTimestamp(cursor.integer());
            } else {
                cursor.skip();
            }
        }
        int to = cursor.limit();
        ProtoCursor values = new ProtoCursor().reset(data, from, to);
        while (values.next()) {
            switch (values.field()) {
                case 2, 3, 5 -> single(values);
                case 4 -> summary(values);
                case 7 -> histogram(values);
                default -> values.skip();
            }
        }
        cursor.leave(outer);
    }

    private void label(ProtoCursor cursor) {
        int outer = cursor.enter();
        int from = cursor.position();
        String name = "";
        String value = "";
        sample.labelBytes(from, cursor.limit());
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> name = cursor.text();
                case 2 -> value = cursor.text();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        sample.label(name, value);
    }

    /// A gauge, counter or untyped: a value, and for counters perhaps an exemplar.
    private void single(ProtoCursor cursor) {
        boolean counter = cursor.field() == 3;
        double value = 0;
        List<Exemplar> exemplars = List.of();
        int outer = cursor.enter();
        while (cursor.next()) {
            if (cursor.field() == 1) {
                value = cursor.real();
            } else if (counter && cursor.field() == 2) {
                exemplars = List.of(exemplar(cursor));
            } else if (counter && cursor.field() == 3) {
                sample.takeStart(timestampMs(cursor));
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        visitor.sample(sample.of(family, "", "", value, exemplars));
    }

    private void summary(ProtoCursor cursor) {
        double count = 0;
        double sum = 0;
        List<double[]> quantiles = new ArrayList<>();
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> count = (double) cursor.integer();
                case 2 -> sum = cursor.real();
                case 3 -> quantiles.add(quantile(cursor));
                case 4 -> sample.takeStart(timestampMs(cursor));
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        visitor.sample(sample.of(family + "_count", "", "", count, List.of()));
        visitor.sample(sample.of(family + "_sum", "", "", sum, List.of()));
        for (double[] quantile : quantiles) {
            String bound = GoFloat.bound(quantile[0]);
            visitor.sample(sample.of(family, "quantile", bound, quantile[1], List.of()));
        }
    }

    private static double[] quantile(ProtoCursor cursor) {
        double[] pair = new double[2];
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> pair[0] = cursor.real();
                case 2 -> pair[1] = cursor.real();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return pair;
    }

    private void histogram(ProtoCursor cursor) {
        ProtoHistogram histogram = ProtoHistogram.read(cursor);
        sample.takeStart(histogram.startMs);
        boolean isNative = visitor.wantsNative() && histogram.isNative();
        if (isNative) {
            visitor.sample(
                    sample.ofHistogram(
                            family, histogram.toModel(typeNumber == 5), histogram.exemplars));
            if (!visitor.wantsClassicBesideNative()) {
                return;
            }
        }
        sample.partsOf(isNative || typeNumber != 4 ? "" : family);
        visitor.sample(sample.of(family + "_count", "", "", histogram.count, List.of()));
        visitor.sample(sample.of(family + "_sum", "", "", histogram.sum, List.of()));
        boolean infinite = false;
        for (ProtoHistogram.Bucket bucket : histogram.buckets) {
            infinite |= bucket.upperBound() == Double.POSITIVE_INFINITY;
            bucket(bucket.upperBound(), bucket.count(), bucket.exemplar());
        }
        if (!infinite) {
            bucket(Double.POSITIVE_INFINITY, histogram.count, null);
        }
    }

    private void bucket(double bound, double count, @Nullable Exemplar exemplar) {
        List<Exemplar> exemplars = exemplar == null ? List.of() : List.of(exemplar);
        visitor.sample(sample.of(family + "_bucket", "le", GoFloat.bound(bound), count, exemplars));
    }

    static Exemplar exemplar(ProtoCursor cursor) {
        Labels.Builder labels = new Labels.Builder();
        double value = 0;
        long timestampMs = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> exemplarLabel(cursor, labels);
                case 2 -> value = cursor.real();
                case 3 -> timestampMs = timestampMs(cursor);
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return new Exemplar(labels.build(), value, timestampMs);
    }

    private static void exemplarLabel(ProtoCursor cursor, Labels.Builder labels) {
        String name = "";
        String value = "";
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> name = cursor.text();
                case 2 -> value = cursor.text();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        labels.set(name, value);
    }

    static long timestampMs(ProtoCursor cursor) {
        long seconds = 0;
        long nanos = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> seconds = cursor.integer();
                case 2 -> nanos = cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        return seconds * 1000 + nanos / 1_000_000;
    }
}
