package io.framewatch.store.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.index.SeriesIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HotScanTest {

    private static final long T = 1_800_000_000_000L;
    private static final int SERIES = 1_000;
    private static final TimeRange RANGE = new TimeRange(T, T + 60_000);

    private final HotLimits limits = new HotLimits(10_000, 1L << 26, Duration.ofHours(12));
    private final HotWindow window = new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], T);
    private final HotTenant tenant = window.of(Tenant.DEFAULT);

    @BeforeEach
    void fill() {
        for (int i = 0; i < SERIES; i++) {
            enter(i, T + 1_000, i);
            enter(i, T + 2_000, i + 1);
        }
    }

    private void enter(int number, long timestampMs, double value) {
        Labels labels = Labels.of("__name__", "m", "half", "h" + number % 2, "n", "n" + number);
        tenant.series(labels)
                .enter(
                        timestampMs,
                        value,
                        null,
                        SeriesSamples.NO_START,
                        new Pending(),
                        new HashSet<>());
    }

    private HotScan scan(SelectLimits allowed) {
        return new HotScan(tenant.select(List.of()), RANGE, allowed);
    }

    @Test
    void severalThreadsReadWhatOneReadsEachInOrder() {
        List<SeriesSamples> alone = scan(SelectLimits.DEFAULT).all();
        assertThat(alone).hasSize(SERIES);
        List<List<SeriesSamples>> shares = new ArrayList<>();
        scan(SelectLimits.DEFAULT)
                .runShared(() -> {
                    List<SeriesSamples> share = new ArrayList<>();
                    shares.add(share);
                    return share::add;
                });
        List<Labels> all = new ArrayList<>();
        for (List<SeriesSamples> share : shares) {
            List<Labels> labels = share.stream().map(SeriesSamples::labels).toList();
            assertThat(labels).isSorted();
            all.addAll(labels);
        }
        assertThat(all.stream().sorted().toList())
                .isEqualTo(alone.stream().map(SeriesSamples::labels).toList());
    }

    @Test
    void whatIsKeptIsNotOverwrittenAndWhatIsLentIsTheSame() {
        List<SeriesSamples> kept = scan(SelectLimits.DEFAULT).all();
        List<List<Double>> lent = new ArrayList<>();
        scan(SelectLimits.DEFAULT).run(samples -> lent.add(values(samples)));
        assertThat(lent).isEqualTo(kept.stream().map(HotScanTest::values).toList());
    }

    private static List<Double> values(SeriesSamples samples) {
        return DoubleStream.of(samples.values()).limit(samples.size()).boxed().toList();
    }

    @Test
    void aFailureOfAnyThreadIsToldWhenAllHaveEnded() {
        Consumer<SeriesSamples> failing =
                samples -> {
                    if (samples.labels().get("n").equals("n500")) {
                        throw new IllegalStateException("told");
                    }
                };
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> scan(SelectLimits.DEFAULT).runShared(() -> failing))
                    .hasMessage("told");
        }
    }

    @Test
    void limitsHoldForAllThreadsTogether() {
        assertThatThrownBy(() ->
                        scan(new SelectLimits(SERIES - 1, 1_000_000)).runShared(() -> _ -> {}))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("more than 999 series");
        assertThatThrownBy(() -> scan(new SelectLimits(SERIES, 1_999)).runShared(() -> _ -> {}))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("too many samples");
    }

    @Test
    void aSelectionThatIsKeptSeesSeriesThatComeAndGo() {
        List<Matcher> matchers = List.of(Matcher.of(Matcher.Op.REGEX, "n", "n1.*"));
        List<HotSeries> before = tenant.select(matchers);
        assertThat(tenant.select(matchers)).isSameAs(before);
        enter(10_000, T + 700_000, 1);
        assertThat(tenant.select(matchers)).hasSize(before.size() + 1);
        tenant.forgetBefore(T + 600_000);
        assertThat(tenant.select(matchers)).hasSize(1);
    }

    @Test
    void labelsAreThoseOfSeriesWithASampleInRange() {
        enter(10_000, T + 700_000, 1);
        assertThat(tenant.labelValues("half", RANGE)).containsExactly("h0", "h1");
        assertThat(tenant.labelValues("n", RANGE)).hasSize(SERIES).doesNotContain("n10000");
        assertThat(tenant.labelValues("n", new TimeRange(T + 600_000, T + 800_000)))
                .containsExactly("n10000");
        assertThat(tenant.labelValues("none", RANGE)).isEmpty();
        assertThat(tenant.labelNames(RANGE)).containsExactly("__name__", "half", "n");
        assertThat(tenant.labelNames(new TimeRange(T - 9, T - 8))).isEmpty();
    }

    @Test
    void whatIsReadBackInPortionsIsThereOnceAndInOrder() {
        HotSeries series = tenant.series(Labels.of("__name__", "portions"));
        series.enter(T + 50_000, 50, null, SeriesSamples.NO_START, new Pending(), new HashSet<>());
        series.enter(
                T + 25_000,
                25,
                null,
                SeriesSamples.NO_START,
                new Pending(),
                new HashSet<>()); // late, kept meanwhile
        for (int portion = 4; portion >= 0; portion--) {
            long[] times = new long[10];
            double[] values = new double[10];
            for (int i = 0; i < 10; i++) {
                values[i] = portion * 10 + i;
                times[i] = T + portion * 10_000L + i * 1_000L;
            }
            series.enterDurable(
                    new SeriesSamples(series.series().labels(), 10, times, values, null));
        }
        SeriesSamples all = Objects.requireNonNull(series.samples(RANGE, new HotReader(), false));
        assertThat(all.size()).isEqualTo(51);
        for (int i = 0; i <= 50; i++) {
            assertThat(all.timestampsMs()[i]).isEqualTo(T + i * 1_000L);
            assertThat(all.values()[i]).isEqualTo(i);
        }
    }
}
