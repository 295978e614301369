package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.SeriesSamples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what queries answer, in the order of keys and the form of numbers Prometheus uses.
public final class ResultJson {

    private ResultJson() {}

    /// `"resultType":...,"result":...`.
    public static void value(JsonOut out, Value value) {
        out.raw("\"resultType\":\"").raw(value.kind()).raw("\",\"result\":");
        switch (value) {
            case ScalarValue scalar -> out.sample(scalar.timestampMs(), scalar.value());
            case StringValue string -> {
                out.raw('[').timestamp(string.timestampMs()).raw(',');
                out.text(string.value()).raw(']');
            }
            case VectorValue vector -> vector(out, vector.samples());
            case MatrixValue matrix -> matrix(out, matrix.series());
        }
    }

    private static void vector(JsonOut out, List<VectorSample> samples) {
        out.raw('[');
        boolean first = true;
        for (VectorSample sample : samples) {
            out.raw(first ? "{\"metric\":" : ",{\"metric\":");
            first = false;
            labels(out, sample.labels());
            NativeHistogram histogram = sample.histogram();
            out.raw(histogram == null ? ",\"value\":" : ",\"histogram\":");
            point(out, sample.timestampMs(), sample.value(), histogram);
            out.raw('}');
        }
        out.raw(']');
    }

    private static void matrix(JsonOut out, List<SeriesSamples> series) {
        out.raw('[');
        boolean first = true;
        for (SeriesSamples one : series) {
            out.raw(first ? "{\"metric\":" : ",{\"metric\":");
            first = false;
            labels(out, one.labels());
            points(out, one, false);
            points(out, one, true);
            out.raw('}');
        }
        out.raw(']');
    }

    /// The floats or the histograms of a series, nothing if there are none.
    private static void points(JsonOut out, SeriesSamples series, boolean histograms) {
        boolean any = false;
        for (int i = 0; i < series.size(); i++) {
            NativeHistogram histogram = series.histogram(i);
            if ((histogram != null) != histograms) {
                continue;
            }
            out.raw(any ? "," : histograms ? ",\"histograms\":[" : ",\"values\":[");
            any = true;
            point(out, series.timestampsMs()[i], series.values()[i], histogram);
        }
        if (any) {
            out.raw(']');
        }
    }

    private static void point(
            JsonOut out, long timestampMs, double value, @Nullable NativeHistogram histogram) {
        if (histogram == null) {
            out.sample(timestampMs, value);
        } else {
            out.raw('[').timestamp(timestampMs).raw(',');
            HistogramJson.write(out, histogram);
            out.raw(']');
        }
    }

    /// A label set as an object.
    public static void labels(JsonOut out, Labels labels) {
        out.raw('{');
        for (int i = 0; i < labels.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.text(labels.nameAt(i)).raw(':').text(labels.valueAt(i));
        }
        out.raw('}');
    }

    /// A list of texts.
    public static void texts(JsonOut out, List<String> texts) {
        out.raw('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.text(texts.get(i));
        }
        out.raw(']');
    }
}
