package io.framewatch.query.promqltest;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramText;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promqltest.Command.Eval;
import io.framewatch.query.promqltest.Command.Expectation;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares answers with expectations. Every check returns null if all is well, else what is wrong.
final class EvalCheck {

    private final Eval eval;
    private final Expectation expected;

    EvalCheck(Eval eval) {
        this.eval = eval;
        this.expected = eval.expected();
    }

    /// Whether a failure is the one expected.
    @Nullable String failure(String message) {
        if (!expected.fail()) {
            return "failed: " + message;
        }
        for (TextMatch text : expected.failTexts()) {
            if (!text.isIn(message)) {
                return "expected failure " + text.text() + ", got: " + message;
            }
        }
        return null;
    }

    /// Whether an answer to the eval's own query is right, annotations included.
    @Nullable String answer(QueryResult result) {
        if (expected.fail()) {
            return "expected a failure, got " + result.value();
        }
        String wrong = value(result.value());
        if (wrong == null) {
            wrong = annotations("warning", expected.warn(), expected.noWarn(), result.warnings());
        }
        if (wrong == null) {
            wrong = annotations("info", expected.info(), expected.noInfo(), result.infos());
        }
        return wrong;
    }

    private static @Nullable String annotations(
            String kind, @Nullable List<TextMatch> wanted, boolean none, List<String> got) {
        if (none && !got.isEmpty()) {
            return "expected no " + kind + ", got " + got;
        }
        if (wanted == null) {
            return null;
        }
        for (TextMatch text : wanted) {
            if (got.stream().noneMatch(text::matches)) {
                return "expected " + kind + " " + text.text() + ", got " + got;
            }
        }
        for (String each : got) {
            if (wanted.stream().noneMatch(text -> text.matches(each))) {
                return "unexpected " + kind + ": " + each;
            }
        }
        return null;
    }

    /// Whether a value is the one expected.
    @Nullable String value(Value value) {
        return switch (value) {
            case ScalarValue scalar -> scalar(scalar.value());
            case StringValue string ->
                    string.value().equals(expected.string())
                            ? null
                            : "expected string " + expected.string() + ", got " + string.value();
            case VectorValue vector -> vector(vector.samples());
            case MatrixValue matrix -> matrix(matrix.series());
        };
    }

    private @Nullable String scalar(double got) {
        Double wanted = expected.scalar();
        if (wanted == null && expected.series().size() == 1) {
            wanted = expected.series().getFirst().points().getFirst().value();
        }
        boolean ok = wanted != null && Closeness.close(wanted, got);
        return ok ? null : "expected scalar " + wanted + ", got " + FloatFormat.general(got);
    }

    private @Nullable String vector(List<VectorSample> samples) {
        List<SeriesLine> wanted = expected.series();
        if (expected.ordered()) {
            for (int i = 0; i < Math.min(wanted.size(), samples.size()); i++) {
                if (!samples.get(i).labels().equals(wanted.get(i).labels())) {
                    return "expected "
                            + wanted.get(i).labels()
                            + " at place "
                            + (i + 1)
                            + ", got "
                            + samples.get(i).labels();
                }
            }
        }
        Map<Labels, VectorSample> got = new LinkedHashMap<>();
        for (VectorSample sample : samples) {
            if (got.put(sample.labels(), sample) != null) {
                return "more than one sample of " + sample.labels();
            }
        }
        for (SeriesLine line : wanted) {
            VectorSample sample = got.remove(line.labels());
            Point point = line.points().getFirst();
            if (sample == null) {
                return "expected "
                        + line.labels()
                        + " "
                        + shown(point)
                        + ", got nothing of it"
                        + (got.isEmpty() ? "" : " but " + shown(got.values().iterator().next()));
            }
            if (!Closeness.close(point, sample.value(), sample.histogram())) {
                return "expected " + line.labels() + " " + shown(point) + ", got " + shown(sample);
            }
        }
        return got.isEmpty() ? null : "unexpected " + shown(got.values().iterator().next());
    }

    private static String shown(Point point) {
        NativeHistogram histogram = point.histogram();
        return histogram == null ? FloatFormat.general(point.value()) : shown(histogram);
    }

    private static String shown(NativeHistogram histogram) {
        return HistogramText.of(histogram) + " " + histogram.resetHint();
    }

    private static String shown(VectorSample sample) {
        NativeHistogram histogram = sample.histogram();
        return sample.labels()
                + " "
                + (histogram == null ? FloatFormat.general(sample.value()) : shown(histogram));
    }

    private @Nullable String matrix(List<SeriesSamples> series) {
        long start = eval.startMs();
        long step = eval.stepMs();
        long[] times = expected.matrix();
        if (times != null) {
            start = times[0];
            step = times[2];
        }
        Map<Labels, SeriesSamples> got = new HashMap<>();
        for (SeriesSamples each : series) {
            if (got.put(each.labels(), each) != null) {
                return "more than one series " + each.labels();
            }
        }
        for (SeriesLine line : expected.series()) {
            SeriesSamples samples = got.remove(line.labels());
            String wrong = series(line, samples, start, step);
            if (wrong != null) {
                return line.labels() + ": " + wrong;
            }
        }
        return got.isEmpty()
                ? null
                : "unexpected series " + got.values().iterator().next().labels();
    }

    private static @Nullable String series(
            SeriesLine line, @Nullable SeriesSamples samples, long start, long step) {
        int at = 0;
        for (int i = 0; i < line.points().size(); i++) {
            Point point = line.points().get(i);
            if (!point.present()) {
                continue;
            }
            long time = start + i * step;
            if (samples == null || at >= samples.size()) {
                return "expected " + shown(point) + " at " + time + " ms, got nothing";
            }
            if (samples.timestampsMs()[at] != time) {
                return "expected a sample at "
                        + time
                        + " ms, got one at "
                        + samples.timestampsMs()[at]
                        + " ms";
            }
            NativeHistogram histogram = samples.histogram(at);
            double value = samples.values()[at];
            if (!Closeness.close(point, value, histogram)) {
                return "expected "
                        + shown(point)
                        + " at "
                        + time
                        + " ms, got "
                        + (histogram == null ? FloatFormat.general(value) : shown(histogram));
            }
            at++;
        }
        return samples != null && at < samples.size()
                ? "unexpected sample at " + samples.timestampsMs()[at] + " ms"
                : null;
    }

    /// Whether the sample at the time of the eval, taken out of a range, is the one expected.
    @Nullable String middle(MatrixValue matrix, long timeMs) {
        List<VectorSample> samples = new ArrayList<>();
        for (SeriesSamples each : matrix.series()) {
            for (int i = 0; i < each.size(); i++) {
                if (each.timestampsMs()[i] == timeMs) {
                    samples.add(
                            new VectorSample(
                                    each.labels(), timeMs, each.values()[i], each.histogram(i)));
                }
            }
        }
        if (expected.scalar() != null) {
            return samples.size() == 1
                    ? scalar(samples.getFirst().value())
                    : "expected one scalar, got " + samples;
        }
        return vector(samples);
    }
}
