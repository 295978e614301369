package io.framewatch.rules.test;

import io.framewatch.model.Alert;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.histogram.HistogramText;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.query.promqltest.SeriesNotation;
import io.framewatch.rules.evaluate.EngineQuery;
import io.framewatch.rules.evaluate.GroupEvaluation;
import io.framewatch.rules.evaluate.RuleContext;
import io.framewatch.rules.evaluate.RuleQuery;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.rules.file.RuleGroup;
import io.framewatch.rules.status.RuleStatus;
import io.framewatch.rules.test.RuleTestFile.AlertCheck;
import io.framewatch.rules.test.RuleTestFile.ExpectedSample;
import io.framewatch.rules.test.RuleTestFile.ExpressionCheck;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One test: an empty store, series played in up to each evaluation, groups evaluated in order,
/// alerts compared as they stand at the evaluation at or before their time, expressions at the end.
final class RuleTestCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(100);
    private static final long EVALUATIONS_MAX = 1_000_000;

    private record Input(Series series, List<SeriesNotation.Value> values) {}

    private record Sample(
            Labels labels,
            double value,
            @Nullable NativeHistogram histogram,
            boolean hintMatters) {}

    private final RuleTestFile file;
    private final RuleTestFile.Case test;
    private final InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.UNLIMITED);
    private final RuleQuery query;
    private final List<GroupEvaluation> groups = new ArrayList<>();
    private final Set<String> failures = new TreeSet<>();
    private final List<Input> inputs = new ArrayList<>();
    private int played;

    RuleTestCase(RuleTestFile file, RuleTestFile.Case test, List<RuleFile> rules, Clock clock) {
        this.file = file;
        this.test = test;
        PromqlOptions options =
                new PromqlOptions(PromqlOptions.DEFAULT.lookbackMs(), file.evaluationIntervalMs());
        this.query = new EngineQuery(new PromqlEngine(store, options, clock), TIMEOUT);
        RuleContext context =
                new RuleContext(
                        Tenant.DEFAULT,
                        query,
                        store,
                        store,
                        test.externalLabels(),
                        test.externalUrl());
        for (RuleFile each : rules) {
            for (RuleGroup group : each.groups()) {
                groups.add(
                        new GroupEvaluation(
                                context, each.name(), group, test.intervalMs(), 0, false, clock));
            }
        }
        groups.sort(Comparator.comparingInt(group -> order(group.group().name())));
    }

    private int order(String name) {
        int place = file.groupOrder().indexOf(name);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /// Runs the test; what was not as expected, sorted by time as far as it has one.
    List<String> failures() {
        try {
            readSeries();
            evaluate();
            test.expressions().forEach(this::check);
        } catch (FaultException e) {
            failures.add(e.fault().what());
        } catch (IllegalArgumentException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        return List.copyOf(failures);
    }

    private void readSeries() {
        for (RuleTestFile.InputSeries each : test.series()) {
            Labels labels = SeriesNotation.series(each.series());
            inputs.add(
                    new Input(
                            store.series(Tenant.DEFAULT, labels),
                            SeriesNotation.values(each.values())));
        }
    }

    private void evaluate() {
        long stepMs = file.evaluationIntervalMs();
        if (test.lastMs() / stepMs > EVALUATIONS_MAX) {
            throw new IllegalArgumentException(
                    "the test takes more than " + EVALUATIONS_MAX + " evaluations");
        }
        for (long sinceMs = 0; sinceMs <= test.lastMs(); sinceMs += stepMs) {
            long atMs = test.startMs() + sinceMs;
            play(sinceMs);
            for (GroupEvaluation group : groups) {
                group.evaluate(atMs);
                noteErrors(group, sinceMs);
            }
            for (AlertCheck check : test.alerts()) {
                if (check.atMs() >= sinceMs && check.atMs() < sinceMs + stepMs) {
                    check(check);
                }
            }
        }
        play(Long.MAX_VALUE);
    }

    /// Plays in the values up to a time after the start, that time included.
    private void play(long sinceMs) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        int longest = inputs.stream().mapToInt(input -> input.values().size()).max().orElse(0);
        while (played < longest && played * test.intervalMs() <= sinceMs) {
            long atMs = test.startMs() + played * test.intervalMs();
            for (Input input : inputs) {
                if (played < input.values().size()) {
                    add(batch, input.series(), atMs, input.values().get(played));
                }
            }
            played++;
        }
        if (batch.size() > 0) {
            store.append(batch);
        }
    }

    private static void add(
            SampleBatch batch, Series series, long atMs, SeriesNotation.Value value) {
        NativeHistogram histogram = value.histogram();
        if (!value.present()) {
            return;
        }
        if (histogram == null) {
            batch.add(series, atMs, value.value());
        } else {
            batch.add(series, atMs, histogram);
        }
    }

    private void noteErrors(GroupEvaluation group, long sinceMs) {
        for (RuleStatus rule : group.status().rules()) {
            if (rule.health() == RuleStatus.Health.BAD) {
                failures.add(
                        "rule %s at %s: %s"
                                .formatted(rule.name(), time(sinceMs), rule.lastError()));
            }
        }
    }

    private static String time(long ms) {
        return io.framewatch.model.Durations.format(ms);
    }

    private void check(AlertCheck check) {
        List<String> got = new ArrayList<>();
        for (GroupEvaluation group : groups) {
            for (Alert alert : group.alerts()) {
                if (alert.name().equals(check.name()) && alert.state() == Alert.State.FIRING) {
                    got.add(describe(alert.labels(), alert.annotations()));
                }
            }
        }
        List<String> expected =
                check.expected().stream()
                        .map(alert ->
                                describe(
                                        alert.labels().with("alertname", check.name()),
                                        Labels.of(alert.annotations())))
                        .sorted()
                        .toList();
        got.sort(Comparator.naturalOrder());
        if (!expected.equals(got)) {
            failures.add(
                    "alert %s at %s:%n  expected %s%n  got      %s"
                            .formatted(
                                    check.name(),
                                    time(check.atMs()),
                                    listed(expected),
                                    listed(got)));
        }
    }

    private static String describe(Labels labels, Labels annotations) {
        return labels + " with " + annotations;
    }

    private static String listed(List<String> lines) {
        return lines.isEmpty() ? "nothing" : String.join("\n           ", lines);
    }

    private void check(ExpressionCheck check) {
        List<Sample> got = new ArrayList<>();
        try {
            long atMs = test.startMs() + check.atMs();
            for (VectorSample sample : query.at(Tenant.DEFAULT, check.expr(), atMs)) {
                got.add(new Sample(sample.labels(), sample.value(), sample.histogram(), false));
            }
        } catch (FaultException e) {
            failures.add(
                    "expression %s at %s: %s"
                            .formatted(check.expr(), time(check.atMs()), e.fault().what()));
            return;
        }
        List<Sample> expected = new ArrayList<>();
        check.expected().forEach(sample -> expected.add(expected(sample)));
        got.sort(Comparator.comparing(Sample::labels));
        expected.sort(Comparator.comparing(Sample::labels));
        if (!same(expected, got)) {
            failures.add(
                    "expression %s at %s:%n  expected %s%n  got      %s"
                            .formatted(
                                    check.expr(), time(check.atMs()), shown(expected), shown(got)));
        }
    }

    private static Sample expected(ExpectedSample sample) {
        Labels labels =
                sample.labels().isBlank()
                        ? Labels.EMPTY
                        : SeriesNotation.series(sample.labels().strip());
        if (sample.histogram().isEmpty()) {
            return new Sample(labels, sample.value(), null, false);
        }
        SeriesNotation.Value value = SeriesNotation.values(sample.histogram()).getFirst();
        return new Sample(labels, 0, value.histogram(), value.hintGiven());
    }

    private boolean same(List<Sample> expected, List<Sample> got) {
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!same(expected.get(i), got.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Sample a, Sample b) {
        if (!a.labels().equals(b.labels())) {
            return false;
        }
        NativeHistogram x = a.histogram();
        NativeHistogram y = b.histogram();
        if (x != null && y != null) {
            // The store keeps no hint for histograms in sequence; where it knows one, it counts.
            boolean hint =
                    !a.hintMatters()
                            || y.resetHint() == NativeHistogram.ResetHint.UNKNOWN
                            || x.resetHint() == y.resetHint();
            return hint && HistogramText.same(x, y);
        }
        return x == null && y == null && same(a.value(), b.value());
    }

    private boolean same(double a, double b) {
        boolean close = file.fuzzy() && (Math.nextUp(a) == b || Math.nextDown(a) == b);
        return a == b || Double.isNaN(a) && Double.isNaN(b) || close;
    }

    private static String shown(List<Sample> samples) {
        return listed(samples.stream().map(RuleTestCase::shown).collect(Collectors.toList()));
    }

    private static String shown(Sample sample) {
        NativeHistogram histogram = sample.histogram();
        return sample.labels()
                + " "
                + (histogram == null ? sample.value() : HistogramText.of(histogram));
    }
}
