package io.framewatch.query.logql;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.stage.LogLine;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.store.LogStore;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// LogQL against `facts/logql-cases.yaml`: data, queries and what they must answer.
@Tag("conformance")
@SuppressWarnings({"unchecked", "NullAway"}) // the file has the keys that its head describes
final class LogqlConformanceTest {

    private static final long NS = 1_000_000_000L;
    private static final double TOLERANCE = 1e-9;

    @Test
    void answersAsTheCasesSay() throws IOException {
        Path file = Corpus.find("facts/logql-cases.yaml");
        Assumptions.assumeTrue(file != null, "skipped: conformance data absent");
        Map<String, Object> root =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(Objects.requireNonNull(file)));
        Map<String, Object> datasets = (Map<String, Object>) root.get("datasets");
        Corpus corpus = Corpus.of("logql");
        for (Map<String, Object> one : (List<Map<String, Object>>) root.get("cases")) {
            try (LogStore store =
                    load((List<Map<String, Object>>) datasets.get(one.get("dataset")))) {
                String wrong = run(store, one);
                corpus.check(
                        wrong.isEmpty(), one.get("id") + " " + one.get("query") + ": " + wrong);
            }
        }
        corpus.finish();
    }

    private static LogStore load(@Nullable List<Map<String, Object>> streams) {
        LogStore store = new InMemoryLogStore(10_000_000);
        for (Map<String, Object> stream :
                streams == null ? List.<Map<String, Object>>of() : streams) {
            Labels labels = labels((Map<String, Object>) stream.get("labels"));
            List<LogEntry> entries = new ArrayList<>();
            for (List<Object> entry : (List<List<Object>>) stream.get("entries")) {
                Labels metadata =
                        entry.size() > 2
                                ? labels((Map<String, Object>) entry.get(2))
                                : Labels.EMPTY;
                long timestampNs = ((Number) entry.get(0)).longValue() * NS;
                entries.add(new LogEntry(timestampNs, labels, (String) entry.get(1), metadata));
            }
            store.append(Tenant.DEFAULT, entries);
        }
        return store;
    }

    private static Labels labels(Map<String, Object> map) {
        Labels.Builder builder = new Labels.Builder();
        map.forEach((name, value) -> builder.set(name, String.valueOf(value)));
        return builder.build();
    }

    private static String run(LogStore store, Map<String, Object> one) {
        boolean mustFail = "error".equals(one.get("kind"));
        try {
            String wrong = answer(store, one);
            return mustFail ? "was accepted" : wrong;
        } catch (FaultException e) {
            return mustFail ? "" : e.fault().what();
        }
    }

    private static String answer(LogStore store, Map<String, Object> one) {
        LogqlEngine engine = new LogqlEngine(store, LogqlLimits.DEFAULT, Clock.system());
        return switch (LogqlParser.parse((String) one.get("query"))) {
            case LogqlExpr.Lines lines ->
                    lines(
                            engine.lines(
                                    Tenant.DEFAULT,
                                    lines.query(),
                                    0,
                                    1000 * NS,
                                    false,
                                    1000,
                                    QueryContext.defaults()),
                            one);
            case LogqlExpr.Numbers numbers when "range".equals(one.get("kind")) ->
                    matrix(
                            engine.range(
                                            Tenant.DEFAULT,
                                            numbers.query(),
                                            ms(one, "start"),
                                            ms(one, "end"),
                                            ms(one, "step"),
                                            QueryContext.defaults())
                                    .value(),
                            one);
            case LogqlExpr.Numbers numbers ->
                    vector(
                            engine.instant(
                                            Tenant.DEFAULT,
                                            numbers.query(),
                                            ms(one, "at"),
                                            QueryContext.defaults())
                                    .value(),
                            one);
        };
    }

    private static long ms(Map<String, Object> one, String key) {
        return ((Number) one.get(key)).longValue() * 1000;
    }

    private record Found(long timestampNs, Labels labels, String text) {}

    private static String lines(List<LogStream> streams, Map<String, Object> one) {
        if (!one.containsKey("expect_timestamps")) {
            return "";
        }
        List<Found> found = new ArrayList<>();
        for (LogStream stream : streams) {
            for (LogStream.Line line : stream.lines()) {
                found.add(new Found(line.timestampNs(), stream.labels(), line.text()));
            }
        }
        found.sort(Comparator.comparingLong(Found::timestampNs));
        List<Long> seconds = found.stream().map(f -> f.timestampNs() / NS).toList();
        List<Long> wanted =
                ((List<Number>) one.get("expect_timestamps"))
                        .stream().map(Number::longValue).toList();
        if (!seconds.equals(wanted)) {
            return "lines at " + seconds;
        }
        if (one.get("expect_lines") instanceof List<?> texts
                && !found.stream().map(Found::text).toList().equals(texts)) {
            return "lines " + found;
        }
        if (one.get("expect_labels") instanceof List<?> sets) {
            for (int i = 0; i < sets.size(); i++) {
                Labels expected = labels((Map<String, Object>) sets.get(i));
                Labels actual =
                        found.get(i).labels().drop(List.of(LogLine.ERROR, LogLine.ERROR_DETAILS));
                if (!actual.equals(expected)) {
                    return "labels " + actual;
                }
            }
        }
        return "";
    }

    private static String vector(Value value, Map<String, Object> one) {
        Map<Labels, Double> found = new TreeMap<>();
        if (value instanceof VectorValue vector) {
            for (VectorSample sample : vector.samples()) {
                found.put(sample.labels(), sample.value());
            }
        }
        if (!(one.get("expect") instanceof List<?> expected)) {
            return "";
        }
        Map<Labels, Double> wanted = new HashMap<>();
        for (Object item : expected) {
            Map<String, Object> series = (Map<String, Object>) item;
            wanted.put(
                    labels((Map<String, Object>) series.get("labels")),
                    ((Number) series.get("value")).doubleValue());
        }
        boolean same =
                found.keySet().equals(wanted.keySet())
                        && found.entrySet().stream()
                                .allMatch(e ->
                                        close(
                                                e.getValue(),
                                                Objects.requireNonNull(wanted.get(e.getKey()))));
        return same ? "" : "gave " + found;
    }

    private static boolean close(double a, double b) {
        return a == b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    private static String matrix(Value value, Map<String, Object> one) {
        List<Map<String, Object>> expected = (List<Map<String, Object>>) one.get("expect");
        Map<Labels, SeriesSamples> found = new HashMap<>();
        if (value instanceof MatrixValue matrix) {
            matrix.series().forEach(series -> found.put(series.labels(), series));
        }
        if (found.size() != expected.size()) {
            return "gave " + found.keySet();
        }
        for (Map<String, Object> series : expected) {
            SeriesSamples samples = found.get(labels((Map<String, Object>) series.get("labels")));
            List<@Nullable Number> values = (List<@Nullable Number>) series.get("values");
            int at = 0;
            for (int step = 0; step < values.size(); step++) {
                Number wanted = values.get(step);
                long timestampMs = ms(one, "start") + step * ms(one, "step");
                boolean present =
                        samples != null
                                && at < samples.size()
                                && samples.timestampsMs()[at] == timestampMs;
                if (present != (wanted != null)
                        || wanted != null
                                && !close(
                                        Objects.requireNonNull(samples).values()[at],
                                        wanted.doubleValue())) {
                    return "differs at step " + step;
                }
                if (present) {
                    at++;
                }
            }
        }
        return "";
    }
}
