package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.Labels;
import io.framewatch.model.Series;
import io.framewatch.wire.push.MetricSink;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import java.util.HexFormat;
import java.util.List;

/// Exemplars with the ids of their trace and span. OpenMetrics allows 128 characters of labels:
/// attributes that would not fit beside the ids are left out.
final class ExemplarReader {

    private static final int CHARACTERS_MAX = 128;
    private static final long NS_PER_MS = 1_000_000;

    void read(Exemplar exemplar, Series series, MetricSink sink) {
        long timeNs = exemplar.getTimeUnixNano();
        if (timeNs > 0) {
            sink.exemplar(
                    series,
                    new io.framewatch.model.Exemplar(
                            labels(exemplar), value(exemplar), timeNs / NS_PER_MS));
        }
    }

    /// Those above `from` and at most `to`; a `to` that is no number has no end.
    void within(List<Exemplar> list, double from, double to, Series series, MetricSink sink) {
        for (Exemplar exemplar : list) {
            double value = value(exemplar);
            if (value > from && !(value > to) || value == from && Double.isInfinite(from)) {
                read(exemplar, series, sink);
            }
        }
    }

    private static double value(Exemplar exemplar) {
        return exemplar.hasAsInt() ? exemplar.getAsInt() : exemplar.getAsDouble();
    }

    private static Labels labels(Exemplar exemplar) {
        Labels.Builder labels = new Labels.Builder();
        int characters = 0;
        if (!exemplar.getTraceId().isEmpty()) {
            String id = HexFormat.of().formatHex(exemplar.getTraceId().toByteArray());
            labels.set("trace_id", id);
            characters += id.length() + "trace_id".length();
        }
        if (!exemplar.getSpanId().isEmpty()) {
            String id = HexFormat.of().formatHex(exemplar.getSpanId().toByteArray());
            labels.set("span_id", id);
            characters += id.length() + "span_id".length();
        }
        for (KeyValue attribute : exemplar.getFilteredAttributesList()) {
            String name = attribute.getKey();
            String value = PointLabels.text(attribute.getValue());
            if (labels.find(name) == null
                    && characters + name.length() + value.length() <= CHARACTERS_MAX) {
                labels.set(name, value);
                characters += name.length() + value.length();
            }
        }
        return labels.build();
    }
}
