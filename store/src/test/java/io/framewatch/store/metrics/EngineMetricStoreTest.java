package io.framewatch.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.framewatch.engine.EngineClient;
import io.framewatch.engine.EngineStatus.State;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.AppendResult;
import io.framewatch.store.GridAnswer;
import io.framewatch.store.GridFunction;
import io.framewatch.store.GridQuery;
import io.framewatch.store.MetricStore;
import io.framewatch.store.MetricStoreContract;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import io.framewatch.store.clickhouse.EngineClickHouse;
import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineMetricStoreTest implements MetricStoreContract {

    private static final FlushOptions AT_ONCE =
            new FlushOptions(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1));

    static final EngineStoreOptions OPTIONS =
            EngineStoreOptions.DEFAULT.withFlush(AT_ONCE).withRetention(Retention.FOR_EVER);

    private static final SelectLimits LIMITS = SelectLimits.DEFAULT;

    private static final Matcher NAME_M = Matcher.equal(Labels.NAME, "m");

    private Path folder = Path.of("");
    private TestEngine engine;
    private int stores;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        engine = TestEngine.start(temporary.resolve("engine"));
    }

    @AfterAll
    void stop() {
        if (engine != null) { // skipped tests have none
            engine.close();
        }
    }

    private static final long DAY_MS = 86_400_000;

    private static final NativeHistogram HISTOGRAM =
            new NativeHistogram(
                    NativeHistogram.ResetHint.UNKNOWN,
                    0,
                    0,
                    0,
                    1,
                    2,
                    new NativeHistogram.Span[] {new NativeHistogram.Span(0, 1)},
                    new double[] {1},
                    new NativeHistogram.Span[0],
                    new double[0],
                    new double[0]);

    @Override
    public long baseMs() {
        return 1_800_000_000_000L;
    }

    @Override
    public MetricStore newStore() {
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        return open(folder.resolve("store-" + ++stores), baseMs());
    }

    private EngineMetricStore open(Path own, long nowMs) {
        return open(own, nowMs, OPTIONS);
    }

    private EngineMetricStore open(Path own, long nowMs, EngineStoreOptions options) {
        return EngineMetricStore.open(
                own,
                new EngineClickHouse(new EngineClient(engine.supervisor.socket(), 8)),
                options,
                new ManualClock(nowMs),
                System.out::println);
    }

    private static AppendResult append(MetricStore store, long timestampMs, double value) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(store.series(Tenant.DEFAULT, Labels.of("__name__", "m")), timestampMs, value);
        return store.append(batch);
    }

    private static double[] values(MetricStore store, TimeRange range) {
        List<SeriesSamples> found =
                store.select(Tenant.DEFAULT, List.of(NAME_M), range, SelectLimits.DEFAULT);
        return found.isEmpty()
                ? new double[0]
                : Arrays.copyOf(found.getFirst().values(), found.getFirst().size());
    }

    /// Samples between the windows are not read, and count towards no limit.
    @Test
    void theEngineReadsWhatLiesInWindows() {
        long first = baseMs() - 5 * DAY_MS;
        TimeRange day = new TimeRange(first, first + DAY_MS - 1);
        TimeWindows windows = new TimeWindows(day, 3_600_000, 300_000);
        List<Matcher> matchers = List.of(NAME_M);
        SelectLimits few = new SelectLimits(1, 24 * 5);
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 24 * 60);
        try (MetricStore store = newStore()) {
            Series series = store.series(Tenant.DEFAULT, Labels.of("__name__", "m"));
            for (int minute = 0; minute < 24 * 60; minute++) {
                batch.add(series, first + minute * 60_000L, minute);
            }
            store.append(batch);
            List<Integer> sizes = new ArrayList<>();
            store.scanShared(
                    Tenant.DEFAULT,
                    matchers,
                    windows,
                    few,
                    () -> samples -> sizes.add(samples.size()));
            assertThat(sizes).containsExactly(24 * 5);
            GridQuery newest =
                    new GridQuery(
                            GridFunction.LAST_OVER_TIME,
                            windows.windowMs(),
                            first + 3_600_000 - 1,
                            windows.stepMs(),
                            24,
                            true);
            GridAnswer grid =
                    Objects.requireNonNull(store.grid(Tenant.DEFAULT, matchers, newest, few));
            assertThat(grid.samples()).isEqualTo(24 * 5);
            assertThat(grid.stepSamples()).containsOnly(5);
            assertThat(grid.rows().getFirst().values()).startsWith(59, 119).endsWith(1439);
        }
    }

    /// Of three metrics, half of the hosts on one day, half on the next: found by their labels
    /// alone where they are few, else by their days.
    @Test
    void seriesAreFoundWithoutTheNameOfAMetric() {
        long first = baseMs() / DAY_MS * DAY_MS - 2 * DAY_MS;
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 3_000);
        try (MetricStore store = newStore()) {
            for (int i = 0; i < 3_000; i++) {
                int host = i / 3;
                String[] pairs = {"__name__", "m" + i % 3, "host", "h" + host, "job", "all"};
                long timeMs = first + (host < 500 ? 0 : DAY_MS) + 1_000;
                batch.add(store.series(Tenant.DEFAULT, Labels.of(pairs)), timeMs, i);
            }
            store.append(batch);
            TimeRange one = new TimeRange(first, first + 5_000);
            TimeRange both = new TimeRange(first, first + 2 * DAY_MS - 1);
            Matcher few = Matcher.of(Matcher.Op.REGEX, "host", "h7|h900|h9999");
            Matcher many = Matcher.equal("job", "all");
            assertThat(found(store, few, one)).hasSize(3).allMatch(l -> l.get("host").equals("h7"));
            assertThat(found(store, few, both)).hasSize(6);
            assertThat(found(store, many, one)).hasSize(1_500);
            assertThat(found(store, many, both)).hasSize(3_000);
            assertThat(found(store, Matcher.equal("job", "none"), both)).isEmpty();
            SelectLimits limits = SelectLimits.DEFAULT;
            Tenant tenant = Tenant.DEFAULT;
            assertThat(store.labelValues(tenant, "host", List.of(few), one, limits))
                    .containsExactly("h7");
            assertThat(store.labelValues(tenant, "__name__", List.of(few), both, limits))
                    .containsExactly("m0", "m1", "m2");
            assertThat(store.labelNames(tenant, List.of(few), one, limits))
                    .containsExactly("__name__", "host", "job");
            assertThat(store.labelValues(tenant, "job", List.of(many), one, limits))
                    .containsExactly("all");
        }
    }

    private static List<Labels> found(MetricStore store, Matcher matcher, TimeRange range) {
        List<Matcher> matchers = List.of(matcher);
        List<Labels> series = store.series(Tenant.DEFAULT, matchers, range, SelectLimits.DEFAULT);
        List<Labels> read =
                store.select(Tenant.DEFAULT, matchers, range, SelectLimits.DEFAULT).stream()
                        .map(SeriesSamples::labels)
                        .toList();
        assertThat(read).isEqualTo(series);
        return series;
    }

    @Test
    void questionsAboutWhatIsOlderThanTheUnflushedDoNotWaitForIt() {
        long t = baseMs();
        long old = t - 13 * 3_600_000L; // before the hot window
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        FlushOptions seldom =
                new FlushOptions(Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(1));
        TimeRange before = new TimeRange(old, old + 1_000);
        try (EngineMetricStore store =
                open(folder.resolve("unflushed"), t, OPTIONS.withFlush(seldom))) {
            append(store, old, 1);
            append(store, t, 2);
            assertThat(values(store, before)).containsExactly(1);
            store.flush(); // else the flush of the old sample may still go on with the newer one
            long rows = store.flushStatus().rows();
            append(store, t + 1, 3);
            assertThat(values(store, before)).containsExactly(1);
            assertThat(
                            store.labelValues(
                                    Tenant.DEFAULT, "__name__", List.of(), TimeRange.ALL, LIMITS))
                    .containsExactly("m");
            assertThat(store.flushStatus().rows()).isEqualTo(rows);
            append(store, old + 1, 4);
            assertThat(values(store, before)).containsExactly(1, 4);
            assertThat(store.flushStatus().rows()).isEqualTo(rows + 2);
            SampleBatch other = new SampleBatch(Tenant.DEFAULT, 1);
            other.add(store.series(Tenant.DEFAULT, Labels.of("__name__", "n")), t + 2, 5);
            store.append(other);
            assertThat(
                            store.labelValues(
                                    Tenant.DEFAULT, "__name__", List.of(), TimeRange.ALL, LIMITS))
                    .containsExactly("m", "n");
            List<Labels> both = List.of(Labels.of("__name__", "m"), Labels.of("__name__", "n"));
            assertThat(store.series(Tenant.DEFAULT, List.of(), TimeRange.ALL, LIMITS))
                    .isEqualTo(both);
            assertThat(store.labelNames(Tenant.DEFAULT, List.of(), TimeRange.ALL, LIMITS))
                    .containsExactly("__name__");
            assertThat(store.flushStatus().rows()).isEqualTo(rows + 2);
            SampleBatch late = new SampleBatch(Tenant.DEFAULT, 1);
            late.add(store.series(Tenant.DEFAULT, Labels.of("__name__", "o")), old + 2, 6);
            store.append(late);
            assertThat(store.labelValues(Tenant.DEFAULT, "__name__", List.of(), before, LIMITS))
                    .containsExactly("m", "o");
        }
    }

    @Test
    void afterARestartEverythingIsThereAndTheWindowWarmsUp() {
        long t = baseMs();
        Path own = folder.resolve("restarted");
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (EngineMetricStore store = open(own, t)) {
            append(store, t - 60_000, 1);
            append(store, t, 2);
            append(store, t + 1, 3);
            store.metadata(
                    Tenant.DEFAULT,
                    List.of(new MetricMetadata("m", MetricMetadata.Type.GAUGE, "help", "")));
        }
        try (EngineMetricStore store = open(own, t + 1_000)) {
            assertThat(values(store, TimeRange.ALL)).containsExactly(1, 2, 3);
            assertThat(append(store, t, 2).stored() + append(store, t + 2, 4).stored())
                    .isPositive();
            assertThat(values(store, TimeRange.ALL)).containsExactly(1, 2, 3, 4);
            // Nothing is older than what is read back first: that is known without reading on.
            long all = t + 1_000 - OPTIONS.warmUp().toMillis();
            await().until(() -> store.hotStartMs(Tenant.DEFAULT) == all);
            assertThat(values(store, new TimeRange(t - 70_000, t + 10)))
                    .containsExactly(1, 2, 3, 4);
            assertThat(store.metadata(Tenant.DEFAULT)).containsKey("m");
        }
    }

    /// A counter that began anew while the process was away, and one that stopped to tell.
    @Test
    void startTimestampsOutliveTheProcess() {
        long t = baseMs();
        long none = SeriesSamples.NO_START;
        TimeRange range = new TimeRange(t - 70_000, t + 10);
        Path own = folder.resolve("started");
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (EngineMetricStore store = open(own, t)) {
            started(store, "m", t - 60_000, t - 90_000);
            started(store, "m", t - 30_000, t - 90_000);
            started(store, "n", t - 30_000, t - 80_000);
        }
        try (EngineMetricStore store = open(own, t + 1_000)) {
            await().until(() -> store.hotStartMs(Tenant.DEFAULT) < t);
            started(store, "m", t, t - 10_000);
            started(store, "n", t, none);
            List<long[]> hot = starts(store, range);
            assertThat(hot).hasSize(2);
            assertThat(hot.getFirst()).containsExactly(t - 90_000, t - 90_000, t - 10_000);
            assertThat(hot.getLast()).containsExactly(t - 80_000, none);
            List<long[]> engines = starts(store, TimeRange.ALL);
            assertThat(engines.getFirst()).containsExactly(hot.getFirst());
            assertThat(engines.getLast()).containsExactly(hot.getLast());
        }
    }

    private static void started(MetricStore store, String name, long timestampMs, long startMs) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(store.series(Tenant.DEFAULT, Labels.of("__name__", name)), timestampMs, 1);
        batch.startTimestampMs(startMs);
        store.append(batch);
    }

    private static List<long[]> starts(MetricStore store, TimeRange range) {
        List<SeriesSamples> found =
                store.select(Tenant.DEFAULT, List.of(), range, LIMITS.withStarts(true));
        return found.stream()
                .map(one -> IntStream.range(0, one.size()).mapToLong(one::startTimestampMs))
                .map(LongStream::toArray)
                .toList();
    }

    @Test
    void theWindowOfAFreshFolderReachesBackTooSoThatItAnswersRules() {
        long t = baseMs();
        try (EngineMetricStore store = (EngineMetricStore) newStore()) {
            append(store, t, 1);
            await().until(() -> store.hotStartMs(Tenant.DEFAULT) < t - 300_000);
            assertThat(append(store, t - 60_000, 2).stored()).isEqualTo(1);
            assertThat(values(store, new TimeRange(t - 300_000, t))).containsExactly(2, 1);
        }
    }

    /// What was found for a selector is kept, but not beyond what comes.
    @Test
    void whatComesAfterAQuestionIsSeenByTheNext() {
        long t = baseMs() - 10 * DAY_MS; // before the window
        TimeRange first = new TimeRange(t - 1_000, t + 1_000);
        TimeRange second = new TimeRange(t + DAY_MS - 1_000, t + DAY_MS + 1_000);
        try (EngineMetricStore store = (EngineMetricStore) newStore()) {
            append(store, t, 1);
            assertThat(found(store, first)).hasSize(1);
            assertThat(found(store, second)).isEmpty();
            append(store, t + DAY_MS, 2);
            assertThat(found(store, second)).hasSize(1);
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 2);
            Labels other = Labels.of("__name__", "m", "n", "other");
            batch.add(store.series(Tenant.DEFAULT, other), t, 3);
            store.append(batch);
            assertThat(found(store, first)).hasSize(2);
            SampleBatch histogram = new SampleBatch(Tenant.DEFAULT, 1);
            histogram.add(store.series(Tenant.DEFAULT, other), t + 1, HISTOGRAM);
            store.append(histogram);
            assertThat(found(store, first).get(1).histogram(1)).isEqualTo(HISTOGRAM);
        }
    }

    private static List<SeriesSamples> found(MetricStore store, TimeRange range) {
        return store.select(Tenant.DEFAULT, List.of(NAME_M), range, SelectLimits.DEFAULT);
    }

    /// Nothing is read back: what came since the start came into the window.
    @Test
    void withNothingOlderThanTheStartTheWindowIsCompleteAtOnce() {
        long t = baseMs();
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (EngineMetricStore store = open(folder.resolve("fresh"), t)) {
            append(store, t, 1);
            await().until(() ->
                    store.hotStartMs(Tenant.DEFAULT) == t - OPTIONS.warmUp().toMillis());
            append(store, t - 3_000_000, 2);
            assertThat(values(store, new TimeRange(t - 3_600_000, t))).containsExactly(2, 1);
        }
    }

    @Test
    void whatWasAheadOfTheClockBeforeTheStartIsReadBack() {
        long t = baseMs();
        Path own = folder.resolve("ahead");
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (EngineMetricStore store = open(own, t)) {
            append(store, t + 20_000, 1);
        }
        try (EngineMetricStore store = open(own, t + 1_000)) {
            long all = t + 1_000 - OPTIONS.warmUp().toMillis();
            await().until(() -> store.hotStartMs(Tenant.DEFAULT) == all);
            assertThat(values(store, new TimeRange(t, t + 30_000))).containsExactly(1);
        }
    }

    @Test
    void theWarmUpReachesBackOnlyAsFarAsMemoryAllows() {
        long t = baseMs();
        Path own = folder.resolve("tight");
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        try (EngineMetricStore store = open(own, t)) {
            for (int i = 0; i < 300; i++) {
                append(store, t - 800_000 + i, i);
            }
            append(store, t - 1_000, -1);
        }
        EngineStoreOptions tight =
                OPTIONS.withHot(HotLimits.DEFAULT.withBytesMax(100 * 32))
                        .withWarmUp(Duration.ofSeconds(1_000));
        try (EngineMetricStore store = open(own, t, tight)) {
            await().until(() -> store.hotStartMs(Tenant.DEFAULT) == t - 450_000);
            assertThat(values(store, new TimeRange(t - 450_000, t))).containsExactly(-1);
            assertThat(values(store, TimeRange.ALL)).hasSize(301);
        }
    }

    @Test
    void aTenantBeyondItsLimitsLeavesTheWarmUpOfOthersAlone() {
        long t = baseMs();
        Path own = folder.resolve("capped");
        engine.text("DROP DATABASE IF EXISTS framewatch SYNC");
        Tenant many = new Tenant("a-many");
        Tenant one = new Tenant("b-one");
        try (EngineMetricStore store = open(own, t)) {
            for (Tenant tenant : List.of(many, many, many, one)) {
                SampleBatch batch = new SampleBatch(tenant, 1);
                Labels labels = Labels.of("__name__", "m", "n", "" + store.activeSeries(tenant));
                batch.add(store.series(tenant, labels), t - 1_000, 1);
                store.append(batch);
            }
        }
        HotLimits usual = HotLimits.DEFAULT;
        HotLimits capped =
                new HotLimits(
                        usual.seriesPerTenantMax(),
                        usual.bytesMax(),
                        usual.ageMax(),
                        new SeriesLimits(2, 128, 1_024, 8_192));
        try (EngineMetricStore store = open(own, t, OPTIONS.withHot(capped))) {
            await().until(() -> store.hotStartMs(one) < t - 60_000);
            assertThat(store.hotStartMs(many)).isGreaterThanOrEqualTo(t);
        }
    }

    @Test
    void namesAndValuesFromTheEngineStayWithinTheLimit() {
        long old = baseMs() - Duration.ofDays(3).toMillis();
        try (MetricStore store = newStore()) {
            for (int i = 0; i < 4; i++) {
                SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
                Labels labels = Labels.of("__name__", "m", "l" + i, "v", "n", "v" + i);
                batch.add(store.series(Tenant.DEFAULT, labels), old, 1);
                store.append(batch);
            }
            SelectLimits few = new SelectLimits(3, 1_000);
            SelectLimits enough = new SelectLimits(6, 1_000);
            TimeRange all = TimeRange.ALL;
            assertThat(store.labelValues(Tenant.DEFAULT, "n", List.of(), all, enough))
                    .containsExactly("v0", "v1", "v2", "v3");
            assertThat(store.labelNames(Tenant.DEFAULT, List.of(), all, enough)).hasSize(6);
            assertThatThrownBy(() -> store.labelValues(Tenant.DEFAULT, "n", List.of(), all, few))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("query_limit"));
            assertThatThrownBy(() -> store.labelNames(Tenant.DEFAULT, List.of(), all, few))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("query_limit"));
        }
    }

    /// Also where the engine answers, a reader waits for what others were told to be visible.
    @Test
    void whatIsToldToBeVisibleIsSeenWhereverItIsReadFrom() {
        long t = baseMs();
        try (EngineMetricStore store = (EngineMetricStore) newStore()) {
            List<double[]> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Void> visible = new CompletableFuture<>();
                SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
                batch.add(store.series(Tenant.DEFAULT, Labels.of("__name__", "m")), t + i, i);
                batch.setPatient();
                batch.whenVisible(() -> visible.complete(null));
                Thread writer = Thread.ofVirtual().start(() -> store.append(batch));
                visible.join();
                seen.add(values(store, new TimeRange(t, t + 10)));
                seen.add(values(store, TimeRange.ALL));
                await().until(() -> !writer.isAlive());
            }
            assertThat(seen.get(4)).containsExactly(0, 1, 2);
            assertThat(seen.get(5)).containsExactly(0, 1, 2);
            assertThat(seen.get(1)).containsExactly(0);
        }
    }

    @Test
    void whileTheEngineIsAwayIngestAndHotSelectsGoOn() {
        long t = baseMs();
        try (EngineMetricStore store = (EngineMetricStore) newStore()) {
            append(store, t, 1);
            assertThat(values(store, TimeRange.ALL)).containsExactly(1);
            long pid = engine.supervisor.status().pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().until(() -> engine.supervisor.status().state() != State.READY);
            append(store, t + 10, 2);
            assertThat(values(store, new TimeRange(t, t + 100))).containsExactly(1, 2);
            engine.supervisor.awaitReady(TestEngine.PATIENCE);
            assertThat(values(store, TimeRange.ALL)).containsExactly(1, 2);
        }
    }

    @Test
    void samplesOutsideWhatCanBeStoredAreRefused() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            assertThat(append(store, -1, 1).tooFarOff()).isEqualTo(1);
            assertThat(append(store, t + Duration.ofDays(2).toMillis(), 1).tooFarOff())
                    .isEqualTo(1);
            assertThat(append(store, 0, 7).stored()).isEqualTo(1);
            assertThat(values(store, TimeRange.ALL)).containsExactly(7);
        }
    }

    @Test
    void whatIsTooOldToBeComparedIsCountedAndTheLargerValueIsAnswered() {
        long old = baseMs() - Duration.ofDays(3).toMillis();
        try (EngineMetricStore store = (EngineMetricStore) newStore()) {
            assertThat(append(store, baseMs(), 1).stored()).isEqualTo(1);
            assertThat(append(store, baseMs(), 2).conflicts()).isEqualTo(1);
            assertThat(store.uncheckedSamples()).isZero();
            assertThat(append(store, old, 5).stored()).isEqualTo(1);
            assertThat(append(store, old, 3).stored()).isEqualTo(1);
            assertThat(store.uncheckedSamples()).isEqualTo(2);
            assertThat(values(store, TimeRange.ALL)).containsExactly(5, 1);
        }
    }
}
