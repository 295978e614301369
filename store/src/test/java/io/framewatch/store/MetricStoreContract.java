package io.framewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Exemplar;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What every [MetricStore] does; each implementation runs it.
@NullMarked
public interface MetricStoreContract {

    /// A time that every store accepts as recent, Unix milliseconds.
    long baseMs();

    /// A fresh, empty store; the test closes it.
    MetricStore newStore();

    /// One sample on its way in.
    record Row(Labels labels, long timestampMs, double value) {}

    private static Row row(String labels, long timestampMs, double value) {
        return new Row(Labels.of(labels.split("[=,]")), timestampMs, value);
    }

    private static AppendResult append(MetricStore store, Tenant tenant, Row... rows) {
        SampleBatch batch = new SampleBatch(tenant, rows.length);
        for (Row row : rows) {
            batch.add(store.series(tenant, row.labels()), row.timestampMs(), row.value());
        }
        return store.append(batch);
    }

    private static List<SeriesSamples> select(
            MetricStore store, TimeRange range, Matcher... matchers) {
        return store.select(Tenant.DEFAULT, List.of(matchers), range, SelectLimits.DEFAULT);
    }

    private static double[] values(SeriesSamples samples) {
        return Arrays.copyOf(samples.values(), samples.size());
    }

    /// What lies between the windows may come too.
    @Test
    default void handsOnWhatLiesInWindows() {
        long t = baseMs();
        TimeWindows windows = new TimeWindows(new TimeRange(t + 1, t + 50_000), 20_000, 10_000);
        try (MetricStore store = newStore()) {
            Row[] rows = new Row[12];
            Arrays.setAll(rows, i -> row("__name__=m", t + i * 5_000L, i));
            append(store, Tenant.DEFAULT, rows);
            List<Double> found = new ArrayList<>();
            store.scanShared(
                    Tenant.DEFAULT,
                    List.of(Matcher.equal(Labels.NAME, "m")),
                    windows,
                    SelectLimits.DEFAULT,
                    () ->
                            samples -> {
                                for (int i = 0; i < samples.size(); i++) {
                                    if (windows.contain(samples.timestampsMs()[i])) {
                                        found.add(samples.values()[i]);
                                    }
                                }
                            });
            assertThat(found).containsExactly(1.0, 2.0, 5.0, 6.0, 9.0, 10.0);
        }
    }

    @Test
    default void selectsByMatchersAndRangeWithBothEnds() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=up,job=b", t, 1),
                    row("__name__=up,job=a", t, 2),
                    row("__name__=up,job=a", t + 1000, 3),
                    row("__name__=up,job=a", t + 2000, 4),
                    row("__name__=down,job=a", t, 5));
            List<SeriesSamples> found =
                    select(store, new TimeRange(t, t + 1000), Matcher.equal(Labels.NAME, "up"));
            assertThat(found).extracting(s -> s.labels().get("job")).containsExactly("a", "b");
            assertThat(values(found.getFirst())).containsExactly(2, 3);
            assertThat(found.getFirst().timestampsMs()[1]).isEqualTo(t + 1000);
            assertThat(select(store, new TimeRange(t + 3000, t + 4000), Matcher.equal("job", "a")))
                    .isEmpty();
        }
    }

    @Test
    default void pairsAreCountedOverTheSeriesOfTheRangeAndTenant() {
        long t = baseMs();
        Tenant other = new Tenant("other");
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m,site=x", t, 1),
                    row("__name__=m,site=y", t, 2),
                    row("__name__=n,site=y", t, 3));
            append(store, other, row("__name__=m,site=x", t, 1));
            List<String> pairs = new ArrayList<>();
            int series =
                    store.pairs(
                            Tenant.DEFAULT,
                            new TimeRange(t, t),
                            (name, value, count) -> pairs.add(name + "=" + value + " " + count));
            assertThat(series).isEqualTo(3);
            assertThat(pairs)
                    .containsExactlyInAnyOrder(
                            "__name__=m 2", "__name__=n 1", "site=x 1", "site=y 2");
        }
    }

    @Test
    default void newSeriesAreThoseWithoutASampleBefore() {
        long t = baseMs();
        Tenant other = new Tenant("other");
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m,site=x", t, 1),
                    row("__name__=m,site=x", t + 10_000, 1),
                    row("__name__=m,site=y", t + 10_000, 2),
                    row("__name__=n,site=y", t + 11_000, 3),
                    row("__name__=n,site=z", t + 11_000, 3),
                    row("site=z", t + 12_000, 3),
                    row("__name__=old", t, 3),
                    row("__name__=late", t + 60_000, 3));
            append(store, other, row("__name__=m,site=y", t, 1));
            List<String> metrics = new ArrayList<>();
            int before =
                    store.newSeries(
                            Tenant.DEFAULT,
                            new TimeRange(t + 10_000, t + 20_000),
                            new TimeRange(t, t + 9_999),
                            (name, value, count) -> metrics.add(name + "=" + value + " " + count));
            assertThat(before).isEqualTo(2);
            assertThat(metrics)
                    .containsExactlyInAnyOrder("__name__=m 1", "__name__=n 2", "__name__= 1");
        }
    }

    @Test
    default void seriesInMemoryAreThoseOfTheRangeInAnyOrder() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m,site=y", t, 1),
                    row("__name__=m,site=x", t, 2),
                    row("__name__=m,site=z", t + 10_000, 2),
                    row("__name__=n,site=y", t, 3));
            List<Matcher> m = List.of(Matcher.equal(Labels.NAME, "m"));
            TimeRange range = new TimeRange(t, t + 1_000);
            assertThat(store.seriesInMemory(Tenant.DEFAULT, m, range))
                    .extracting(labels -> labels.get("site"))
                    .containsExactlyInAnyOrder("x", "y");
            assertThat(store.seriesInMemory(new Tenant("other"), m, range)).isEmpty();
        }
    }

    @Test
    default void negativeAndEmptyMatchersSeeSeriesWithoutTheLabel() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m,site=x", t, 1),
                    row("__name__=m,site=y", t, 2),
                    row("__name__=m", t, 3));
            TimeRange range = new TimeRange(t, t);
            Matcher name = Matcher.equal(Labels.NAME, "m");
            assertThat(select(store, range, name, Matcher.of(Matcher.Op.NOT_EQUAL, "site", "x")))
                    .hasSize(2);
            assertThat(select(store, range, name, Matcher.equal("site", ""))).hasSize(1);
            assertThat(select(store, range, name, Matcher.of(Matcher.Op.REGEX, "site", "x|y")))
                    .hasSize(2);
            assertThat(select(store, range, name, Matcher.of(Matcher.Op.REGEX, "site", ".*")))
                    .hasSize(3);
            assertThat(select(store, range, name, Matcher.of(Matcher.Op.NOT_REGEX, "site", ".+")))
                    .hasSize(1);
            assertThat(select(store, range, name, Matcher.of(Matcher.Op.REGEX, "site", "[xz]")))
                    .hasSize(1);
        }
    }

    @Test
    default void lateAndOutOfOrderSamplesTakeTheirPlace() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(store, Tenant.DEFAULT, row("__name__=m", t + 3000, 3));
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m", t + 1000, 1),
                    row("__name__=m", t + 2000, 2));
            append(store, Tenant.DEFAULT, row("__name__=m", t - 3_600_000, 0));
            List<SeriesSamples> found =
                    select(store, TimeRange.ALL, Matcher.equal(Labels.NAME, "m"));
            assertThat(values(found.getFirst())).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    default void duplicatesAreDroppedAndOfConflictsTheFirstWins() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(store, Tenant.DEFAULT, row("__name__=m", t, 1));
            AppendResult result =
                    append(
                            store,
                            Tenant.DEFAULT,
                            row("__name__=m", t, 1),
                            row("__name__=m", t, 2),
                            row("__name__=m", t + 1, 7),
                            row("__name__=m", t + 1, 8));
            assertThat(result).isEqualTo(new AppendResult(1, 1, 2, 0));
            List<SeriesSamples> found =
                    select(store, TimeRange.ALL, Matcher.equal(Labels.NAME, "m"));
            assertThat(values(found.getFirst())).containsExactly(1, 7);
        }
    }

    @Test
    default void everyBitOfAValueSurvives() {
        long t = baseMs();
        double[] odd = {
            StaleNaN.VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            1e308
        };
        try (MetricStore store = newStore()) {
            Row[] rows = new Row[odd.length];
            for (int i = 0; i < odd.length; i++) {
                rows[i] = row("__name__=m", t + i, odd[i]);
            }
            append(store, Tenant.DEFAULT, rows);
            double[] found =
                    values(
                            select(store, TimeRange.ALL, Matcher.equal(Labels.NAME, "m"))
                                    .getFirst());
            for (int i = 0; i < odd.length; i++) {
                assertThat(Double.doubleToRawLongBits(found[i]))
                        .isEqualTo(Double.doubleToRawLongBits(odd[i]));
            }
        }
    }

    @Test
    default void tenantsNeverSeeEachOther() {
        long t = baseMs();
        Tenant other = new Tenant("other");
        try (MetricStore store = newStore()) {
            append(store, Tenant.DEFAULT, row("__name__=m,a=1", t, 1));
            append(store, other, row("__name__=m,b=2", t, 2));
            store.metadata(
                    other, List.of(new MetricMetadata("m", MetricMetadata.Type.GAUGE, "help", "")));
            SelectLimits limits = SelectLimits.DEFAULT;
            assertThat(store.select(other, List.of(), TimeRange.ALL, limits)).hasSize(1);
            assertThat(store.labelNames(other, List.of(), TimeRange.ALL, limits))
                    .containsExactly("__name__", "b");
            assertThat(store.labelValues(other, "a", List.of(), TimeRange.ALL, limits)).isEmpty();
            assertThat(store.series(other, List.of(), TimeRange.ALL, limits)).hasSize(1);
            assertThat(store.metadata(Tenant.DEFAULT)).isEmpty();
            assertThat(store.metadata(other)).containsKey("m");
            assertThat(store.tenants()).contains(Tenant.DEFAULT, other);
            assertThat(store.series(Tenant.DEFAULT, Labels.of("__name__", "x")).id())
                    .isNotEqualTo(store.series(other, Labels.of("__name__", "x")).id());
        }
    }

    @Test
    default void namesAndValuesAreSortedByCodePoint() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(
                    store,
                    Tenant.DEFAULT,
                    row("__name__=m,l=b", t, 1),
                    row("__name__=m,l=\ud83c\udfa5", t, 1),
                    row("__name__=m,l=\uffee", t, 1),
                    row("__name__=n,z=1", t, 1));
            SelectLimits limits = SelectLimits.DEFAULT;
            assertThat(store.labelValues(Tenant.DEFAULT, "l", List.of(), TimeRange.ALL, limits))
                    .containsExactly("b", "\uffee", "\ud83c\udfa5");
            assertThat(
                            store.labelNames(
                                    Tenant.DEFAULT,
                                    List.of(Matcher.equal(Labels.NAME, "n")),
                                    TimeRange.ALL,
                                    limits))
                    .containsExactly("__name__", "z");
        }
    }

    @Test
    default void histogramsAndExemplarsComeBackAsTheyWent() {
        long t = baseMs();
        NativeHistogram histogram =
                new NativeHistogram(
                        NativeHistogram.ResetHint.UNKNOWN,
                        0,
                        0.001,
                        1,
                        4,
                        5.5,
                        new NativeHistogram.Span[] {new NativeHistogram.Span(0, 2)},
                        new double[] {1, 2},
                        new NativeHistogram.Span[0],
                        new double[0],
                        new double[0]);
        try (MetricStore store = newStore()) {
            Series series = store.series(Tenant.DEFAULT, Labels.of("__name__", "h"));
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 2);
            batch.add(series, t, histogram);
            batch.add(series, t + 1, 3.0);
            assertThat(store.append(batch).stored()).isEqualTo(2);
            assertThat(store.append(batch).duplicates()).isEqualTo(2);
            SeriesSamples found =
                    select(store, TimeRange.ALL, Matcher.equal(Labels.NAME, "h")).getFirst();
            assertThat(found.histogram(0)).isEqualTo(histogram);
            assertThat(found.histogram(1)).isNull();
            Exemplar exemplar = new Exemplar(Labels.of("trace_id", "ab12"), 0.5, t);
            Exemplar later = new Exemplar(Labels.of("trace_id", "cd34"), 0.7, t + 1);
            store.exemplars(
                    Tenant.DEFAULT,
                    List.of(
                            new SeriesExemplar(series, exemplar),
                            new SeriesExemplar(series, later)));
            assertThat(store.exemplars(Tenant.DEFAULT, List.of(), new TimeRange(t, t)).values())
                    .containsExactly(List.of(exemplar));
            assertThat(store.exemplars(Tenant.DEFAULT, List.of(), TimeRange.ALL).values())
                    .containsExactly(List.of(exemplar, later));
        }
    }

    @Test
    default void limitsEndASelect() {
        long t = baseMs();
        try (MetricStore store = newStore()) {
            append(store, Tenant.DEFAULT, row("__name__=m,l=1", t, 1), row("__name__=m,l=2", t, 1));
            assertThatThrownBy(() ->
                            store.select(
                                    Tenant.DEFAULT,
                                    List.of(),
                                    TimeRange.ALL,
                                    new SelectLimits(1, 100)))
                    .isInstanceOf(FaultException.class);
            assertThatThrownBy(() ->
                            store.select(
                                    Tenant.DEFAULT,
                                    List.of(),
                                    TimeRange.ALL,
                                    new SelectLimits(9, 1)))
                    .isInstanceOf(FaultException.class);
        }
    }

    /// Each sample has the start it came with, also a late one; whoever does not ask gets none.
    @Test
    default void startTimestampsAreThereForWhoAsks() {
        long t = baseMs();
        long old = t - 3_600_000;
        long[] times = {t, t + 1000, t + 3000, t + 4000, t + 2000};
        long[] starts = {SeriesSamples.NO_START, old, t + 2500, t + 2500, 0};
        try (MetricStore store = newStore()) {
            Series floats = store.series(Tenant.DEFAULT, Labels.of("__name__", "f"));
            Series histograms = store.series(Tenant.DEFAULT, Labels.of("__name__", "h"));
            for (int i = 0; i < times.length; i++) {
                SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 2);
                batch.add(floats, times[i], i);
                batch.startTimestampMs(starts[i]);
                batch.add(histograms, times[i], histogram());
                batch.startTimestampMs(starts[i]);
                assertThat(store.append(batch).stored()).isEqualTo(2);
            }
            append(store, Tenant.DEFAULT, row("__name__=plain", t, 1));
            List<SeriesSamples> found =
                    store.select(
                            Tenant.DEFAULT,
                            List.of(),
                            new TimeRange(t, t + 4000),
                            SelectLimits.DEFAULT.withStarts(true));
            long none = SeriesSamples.NO_START;
            for (SeriesSamples one : found.subList(0, 2)) {
                assertThat(IntStream.range(0, one.size()).mapToLong(one::startTimestampMs))
                        .as(one.labels().toString())
                        .containsExactly(none, old, none, t + 2500, t + 2500);
            }
            assertThat(found.getLast().startTimestampMs(0)).isEqualTo(none);
            assertThat(select(store, TimeRange.ALL))
                    .hasSize(3)
                    .allMatch(one -> one.startTimestampsMs() == null);
        }
    }

    private static NativeHistogram histogram() {
        return new NativeHistogram(
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
    }

    @Test
    default void concurrentAppendersLoseNothing() throws InterruptedException {
        long t = baseMs();
        int threads = 4;
        int rounds = 200;
        try (MetricStore store = newStore()) {
            List<Thread> running = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                int number = n;
                running.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    Random random = new Random(number);
                                    for (int i = 0; i < rounds; i++) {
                                        append(
                                                store,
                                                Tenant.DEFAULT,
                                                row(
                                                        "__name__=m,n=" + number,
                                                        t + i,
                                                        random.nextDouble()),
                                                row(
                                                        "__name__=shared",
                                                        t + i * 4L + number,
                                                        number));
                                    }
                                }));
            }
            for (Thread thread : running) {
                thread.join();
            }
            List<SeriesSamples> found = select(store, TimeRange.ALL);
            assertThat(found).hasSize(threads + 1);
            assertThat(found.stream().mapToInt(SeriesSamples::size).sum())
                    .isEqualTo(2 * threads * rounds);
        }
    }
}
