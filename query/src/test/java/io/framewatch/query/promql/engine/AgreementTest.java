package io.framewatch.query.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.PlanNode;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.engine.RandomQuestions.Question;
import io.framewatch.query.promqltest.DurableStores;
import io.framewatch.store.MetricStore;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random samples and expressions, from printed seeds: the reference in memory and the durable
/// store must agree, wherever that answers from.
final class AgreementTest {

    private static final int SEEDS = Integer.getInteger("framewatch.agreement.seeds", 5);
    private static final int FIRST = Integer.getInteger("framewatch.agreement.first", 1);
    private static final int QUESTIONS = 25;
    private static final double TOLERANCE = 1e-9;

    /// Where nearly everything cancels, the order of adding decides on the last bits of the inputs,
    /// which are below a million.
    private static final double ROUNDING = 1e-9;

    private static final long MIDDLE_MS = RandomMetrics.BASE_MS + RandomMetrics.SPAN_MS / 2;

    private final Map<PlanNode.Place, Integer> places = new EnumMap<>(PlanNode.Place.class);
    private int pushed;

    @ParameterizedTest
    @CsvSource({
        "HOT, " + DurableStores.ALL_HOT_MS,
        "ENGINE, " + DurableStores.ALL_ENGINE_MS,
        "SPLIT, " + MIDDLE_MS
    })
    void everyPlaceAnswersAsTheReference(PlanNode.Place place, long hotFromMs, @TempDir Path folder)
            throws Exception {
        try (DurableStores stores = new DurableStores(folder, hotFromMs)) {
            for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
                agree(stores, seed);
            }
        }
        assertThat(places).containsKey(place);
        if (place != PlanNode.Place.HOT) {
            assertThat(pushed).isPositive();
        }
    }

    private void agree(DurableStores stores, long seed) {
        RandomMetrics random = new RandomMetrics(seed);
        RandomQuestions questions = new RandomQuestions(seed);
        Tenant tenant = stores.tenant();
        try (MetricStore reference = new InMemoryMetricStore(MemoryLimits.UNLIMITED)) {
            random.load(List.of(reference, stores.store()), tenant);
            PromqlOptions usual = PromqlOptions.DEFAULT.withStartTimestamps(seed % 3 != 0);
            PromqlEngine wanted = engine(reference, usual);
            // The engine computes all it can, or only what its window makes worth it.
            PromqlEngine asked =
                    engine(stores.store(), seed % 2 == 1 ? usual.withPushFrom(0) : usual);
            for (int i = 0; i < QUESTIONS; i++) {
                Question question = questions.next();
                long startMs = random.startMs();
                long stepMs = random.stepMs();
                long endMs = startMs + (random.steps() - 1) * stepMs;
                String what =
                        "seed %d: %s from %d to %d by %d"
                                .formatted(seed, question.text(), startMs, endMs, stepMs);
                Outcome expected = ask(wanted, tenant, question, startMs, endMs, stepMs);
                Outcome actual = ask(asked, tenant, question, startMs, endMs, stepMs);
                compare(what, expected, actual, question);
            }
        }
    }

    /// What came of a question: an answer or the text of a fault.
    private record Outcome(
            Map<Labels, SeriesSamples> series,
            List<String> notes,
            List<Long> samples,
            String fault) {}

    private static PromqlEngine engine(MetricStore store, PromqlOptions options) {
        return new PromqlEngine(store, options, Clock.system());
    }

    private Outcome ask(
            PromqlEngine engine,
            Tenant tenant,
            Question question,
            long startMs,
            long endMs,
            long stepMs) {
        try {
            QueryResult result =
                    engine.range(
                            tenant,
                            question.text(),
                            startMs,
                            endMs,
                            stepMs,
                            QueryContext.defaults().withStepCounts());
            count(result.stats().plan());
            Map<Labels, SeriesSamples> series = new TreeMap<>();
            for (SeriesSamples each : ((MatrixValue) result.value()).series()) {
                series.put(each.labels(), each);
            }
            List<Long> samples =
                    Arrays.stream(result.stats().stepSamples().counts()).boxed().toList();
            return new Outcome(series, result.warnings(), samples, "");
        } catch (FaultException fault) {
            return new Outcome(Map.of(), List.of(), List.of(), fault.fault().message());
        }
    }

    private void count(PlanNode node) {
        PlanNode.Leaf leaf = node.leaf();
        if (leaf != null) {
            places.merge(leaf.place(), 1, Integer::sum);
            pushed += leaf.pushed() == null ? 0 : 1;
        }
        node.parts().forEach(this::count);
    }

    private static void compare(String what, Outcome expected, Outcome actual, Question question) {
        assertThat(actual.fault()).as(what).isEqualTo(expected.fault());
        assertThat(actual.notes()).as(what).containsExactlyInAnyOrderElementsOf(expected.notes());
        assertThat(actual.samples()).as(what).isEqualTo(expected.samples());
        if (question.picks()) {
            comparePicked(what, values(expected), values(actual));
            return;
        }
        assertThat(actual.series().keySet()).as(what).isEqualTo(expected.series().keySet());
        expected.series()
                .forEach((labels, wanted) ->
                        compare(
                                what + " " + labels,
                                wanted,
                                Objects.requireNonNull(actual.series().get(labels)),
                                question.exact()));
    }

    /// The values of all series at each time, in order.
    private static Map<Long, List<Double>> values(Outcome outcome) {
        Map<Long, List<Double>> values = new TreeMap<>();
        for (SeriesSamples series : outcome.series().values()) {
            for (int i = 0; i < series.size(); i++) {
                values.computeIfAbsent(series.timestampsMs()[i], _ -> new ArrayList<>())
                        .add(series.values()[i]);
            }
        }
        values.values().forEach(Collections::sort);
        return values;
    }

    private static void comparePicked(
            String what, Map<Long, List<Double>> wanted, Map<Long, List<Double>> found) {
        assertThat(found.keySet()).as(what).isEqualTo(wanted.keySet());
        wanted.forEach((timeMs, values) -> {
            List<Double> others = Objects.requireNonNull(found.get(timeMs));
            assertThat(others).as(what + " at " + timeMs).hasSameSizeAs(values);
            for (int i = 0; i < values.size(); i++) {
                assertThat(same(values.get(i), others.get(i), false))
                        .as(what + " at " + timeMs + ": " + values + ", " + others)
                        .isTrue();
            }
        });
    }

    private static void compare(
            String what, SeriesSamples wanted, SeriesSamples found, boolean exact) {
        assertThat(found.size()).as(what).isEqualTo(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            String where = what + " at " + wanted.timestampsMs()[i];
            assertThat(found.timestampsMs()[i]).as(where).isEqualTo(wanted.timestampsMs()[i]);
            compare(where, wanted.histogram(i), found.histogram(i));
            double a = wanted.values()[i];
            double b = found.values()[i];
            assertThat(same(a, b, exact)).as(where + ": expected " + a + ", got " + b).isTrue();
        }
    }

    private static boolean same(double a, double b, boolean exact) {
        double tolerance = ROUNDING + TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
        return Double.compare(a, b) == 0 || a == b || !exact && Math.abs(a - b) <= tolerance;
    }

    /// The same buckets; a number that the engine computed may have scaled what is in them.
    private static void compare(
            String where, @Nullable NativeHistogram wanted, @Nullable NativeHistogram found) {
        if (wanted == null || found == null) {
            assertThat(found).as(where).isEqualTo(wanted);
            return;
        }
        assertThat(found.resetHint()).as(where).isEqualTo(wanted.resetHint());
        assertThat(found.schema()).as(where).isEqualTo(wanted.schema());
        assertThat(found.positiveSpans()).as(where).isEqualTo(wanted.positiveSpans());
        assertThat(found.negativeSpans()).as(where).isEqualTo(wanted.negativeSpans());
        assertThat(found.customValues()).as(where).isEqualTo(wanted.customValues());
        double[] a = numbers(wanted);
        double[] b = numbers(found);
        assertThat(b).as(where).hasSameSizeAs(a);
        for (int i = 0; i < a.length; i++) {
            assertThat(same(a[i], b[i], false)).as(where + ": " + a[i] + ", " + b[i]).isTrue();
        }
    }

    private static double[] numbers(NativeHistogram histogram) {
        DoubleStream own =
                DoubleStream.of(
                        histogram.count(),
                        histogram.sum(),
                        histogram.zeroCount(),
                        histogram.zeroThreshold());
        DoubleStream buckets =
                DoubleStream.concat(
                        DoubleStream.of(histogram.positiveBuckets()),
                        DoubleStream.of(histogram.negativeBuckets()));
        return DoubleStream.concat(own, buckets).toArray();
    }
}
