package io.framewatch.store.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricStore;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.index.SeriesIds;
import io.framewatch.store.memory.InMemoryMetricStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HotWindowTest {

    private static final long T = 1_800_000_000_000L;

    private final Pending durable = new Pending();
    private final Set<Pending> none = new HashSet<>();

    private static HotWindow window(long bytesMax) {
        HotLimits limits = new HotLimits(1_000, bytesMax, Duration.ofHours(1));
        return new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], T);
    }

    private static Labels labels(int i) {
        return Labels.of("__name__", "m", "n", "" + i, "even", "" + (i % 2 == 0));
    }

    private static List<SeriesSamples> select(HotTenant tenant, TimeRange range) {
        HotReader reader = new HotReader();
        List<SeriesSamples> all = new ArrayList<>();
        for (HotSeries series : tenant.select(List.of())) {
            SeriesSamples found = series.samples(range, reader, false);
            if (found != null) {
                all.add(found);
            }
        }
        return all;
    }

    @Test
    void aHandleLeadsToItsSeriesAlsoAfterTheWindowForgotIt() {
        HotWindow window = window(1 << 20);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        HotSeries first = tenant.series(labels(1));
        first.enter(T, 1, null, SeriesSamples.NO_START, durable, none);
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(first.series(), T + 1_000, 2);
        assertThat(tenant.series(batch)).containsExactly(first);

        tenant.forgetBefore(T + 500);
        assertThat(tenant.size()).isZero();
        HotSeries again = Objects.requireNonNull(tenant.series(batch)[0]);
        assertThat(again).isNotSameAs(first);
        assertThat(tenant.series(batch)).containsExactly(again);
        assertThat(tenant.select(List.of())).containsExactly(again);

        HotTenant other = window(1 << 20).of(Tenant.DEFAULT);
        assertThat(other.series(batch)).containsExactly(other.series(labels(1)));
        assertThat(tenant.series(batch)).containsExactly(again);
        HotTenant stranger = window.of(new Tenant("stranger"));
        HotSeries theirs = Objects.requireNonNull(stranger.series(batch)[0]);
        assertThat(theirs.series().tenant()).isEqualTo(new Tenant("stranger"));
    }

    /// Series of a second's resolution, as long as the budget allows; then the start moves on, and
    /// behind it nothing is missing.
    @Test
    void theWindowStaysWithinItsBudgetAndIsCompleteFromItsStartOn() {
        long bytesMax = 200_000;
        HotWindow window = window(bytesMax);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        Random random = new Random(7);
        long worst = 0;
        for (int second = 0; second < 3_000; second++) {
            long nowMs = T + second * 1_000L;
            for (int i = 0; i < 40; i++) {
                tenant.series(labels(i))
                        .enter(
                                nowMs,
                                random.nextDouble(),
                                null,
                                SeriesSamples.NO_START,
                                durable,
                                none);
            }
            window.entered(40, nowMs);
            worst = Math.max(worst, window.bytes());
        }
        assertThat(worst).isLessThan(bytesMax + 40 * 128);
        assertThat(window.status().evictions()).isPositive();
        long startMs = tenant.hotStartMs();
        long nowMs = T + 2_999_000;
        assertThat(startMs).isBetween(T + 1, nowMs - 60_000);
        List<SeriesSamples> found = select(tenant, new TimeRange(startMs, nowMs));
        assertThat(found).hasSize(40);
        long expected = (nowMs - startMs) / 1_000 + 1;
        assertThat(found).allSatisfy(one -> assertThat(one.size()).isEqualTo((int) expected));
    }

    @Test
    void aBudgetSpentOnSeriesAloneEmptiesTheWindowAndGoesOn() {
        HotWindow window = window(10_000);
        for (int i = 0; i < 500; i++) {
            HotTenant tenant = window.of(new Tenant("t" + i % 5));
            tenant.series(labels(i)).enter(T + i, 1, null, SeriesSamples.NO_START, durable, none);
            window.entered(1, T + i);
        }
        assertThat(window.bytes()).isLessThan(30_000);
        assertThat(window.status().hotStartMs()).isGreaterThan(T);
    }

    @Test
    void aBudgetBeyondWhatJavaMayTakeIsCut() {
        long bytesMax = window(Long.MAX_VALUE).status().bytesMax();
        assertThat(bytesMax).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
    }

    @Test
    void theStartShowsHowFarTheReadBackHasCome() {
        HotWindow window = window(1 << 20);
        assertThat(window.status().hotStartMs()).isEqualTo(T);
        HotTenant one = window.of(Tenant.DEFAULT);
        HotTenant other = window.of(new Tenant("other"));
        one.keepFrom(T - 9_000);
        one.completeFrom(T - 5_000);
        assertThat(window.status().hotStartMs()).isEqualTo(T);
        other.keepFrom(T - 9_000);
        other.completeFrom(T - 9_000);
        assertThat(window.status().hotStartMs()).isEqualTo(T - 5_000);
    }

    @Test
    void whatIsTooOldLeavesWithItsSeries() {
        HotWindow window = window(1 << 30);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        tenant.series(labels(1)).enter(T, 1, null, SeriesSamples.NO_START, durable, none);
        long later = T + Duration.ofHours(2).toMillis();
        tenant.series(labels(2)).enter(later, 1, null, SeriesSamples.NO_START, durable, none);
        window.entered(60_000, later);
        assertThat(tenant.size()).isEqualTo(1);
        assertThat(tenant.hotStartMs()).isEqualTo(later - Duration.ofHours(1).toMillis());
        assertThat(window.status().series()).isEqualTo(1);
    }

    @Test
    void tooManySeriesAreRefusedUntilOldOnesLeave() {
        HotWindow window = window(1 << 30);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        for (int i = 0; i < 1_000; i++) {
            tenant.series(labels(i));
        }
        assertThatThrownBy(() -> tenant.series(labels(1_000)))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(refused.fault().code()).isEqualTo("series_limit"));
        tenant.forgetBefore(T + 1);
        assertThat(tenant.series(labels(1_000)).series().labels()).isEqualTo(labels(1_000));
    }

    /// Ten new series a second, each with samples for a minute, of which no more than 5,000 may be:
    /// those that ended make room, long before their samples are too old.
    @Test
    void seriesThatEndedMakeRoomForNewOnes() {
        HotLimits limits = new HotLimits(5_000, 1L << 30, Duration.ofHours(12));
        HotWindow window = new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], T);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        int most = 0;
        for (int second = 0; second < 3_600; second += 10) {
            long nowMs = T + second * 1_000L;
            for (int i = Math.max(0, second - 60) * 10; i < (second + 10) * 10; i++) {
                tenant.series(labels(i))
                        .enter(nowMs, i, null, SeriesSamples.NO_START, durable, none);
            }
            window.entered(700, nowMs);
            most = Math.max(most, tenant.size());
        }
        long nowMs = T + 3_590_000;
        assertThat(most).isLessThanOrEqualTo(5_000);
        assertThat(tenant.hotStartMs()).isBetween(T + 1, nowMs - 300_000);
        List<SeriesSamples> found = select(tenant, new TimeRange(tenant.hotStartMs(), nowMs));
        assertThat(found).hasSizeGreaterThan(3_000);
        assertThat(found.stream().filter(one -> one.timestampsMs()[one.size() - 1] == nowMs))
                .hasSize(700);
    }

    /// Where all go on, none is let go of for a new one, and the window stays.
    @Test
    void seriesThatGoOnAreNotLetGoOf() {
        HotWindow window = window(1 << 30);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        for (int minute = 0; minute < 20; minute++) {
            long nowMs = T + minute * 60_000L;
            for (int i = 0; i < 1_000; i++) {
                tenant.series(labels(i))
                        .enter(nowMs, i, null, SeriesSamples.NO_START, durable, none);
            }
            window.entered(1_000, nowMs);
        }
        assertThat(tenant.size()).isEqualTo(1_000);
        assertThat(tenant.hotStartMs()).isEqualTo(T);
        assertThatThrownBy(() -> tenant.series(labels(1_000))).isInstanceOf(FaultException.class);
    }

    /// However many series come, those that are there take no more than half of the budget, and
    /// what they are given goes on.
    @Test
    void memoryForSeriesHasALimit() {
        long bytesMax = 32L << 20;
        HotLimits limits = new HotLimits(10_000_000, bytesMax, Duration.ofHours(12));
        HotWindow window = new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], T);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        int known = 0;
        for (int i = 0; i < 100_000; i++) {
            HotSeries series = tenant.seriesOrNull(labels(i));
            if (series != null) {
                known++;
                series.enter(T + i, i, null, SeriesSamples.NO_START, durable, none);
            }
            window.entered(1, T + i);
        }
        assertThat(known).isBetween(30_000, 70_000).isEqualTo(tenant.size());
        assertThat(window.bytes()).isLessThan(bytesMax);
        assertThat(tenant.hotStartMs()).isEqualTo(T);
    }

    @Test
    void aSeriesThatMayNotComeBackLeavesOnlyItsOwnRowsOut() {
        HotLimits limits =
                new HotLimits(
                        1_000, 1 << 20, Duration.ofHours(1), new SeriesLimits(1, 128, 100, 100));
        HotTenant tenant =
                new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], T).of(Tenant.DEFAULT);
        HotSeries swept = tenant.series(Labels.of("__name__", "capped", "n", "1"));
        swept.enter(T, 1, null, SeriesSamples.NO_START, durable, none);
        tenant.forgetBefore(T + 500);
        tenant.series(Labels.of("__name__", "capped", "n", "2"));
        HotSeries fine = tenant.series(Labels.of("__name__", "fine"));
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 2);
        batch.add(swept.series(), T + 1_000, 2);
        batch.add(fine.series(), T + 1_000, 3);
        assertThat(tenant.series(batch)).containsExactly(null, fine);
        assertThat(tenant.cappedMetrics()).containsKey("capped");
    }

    /// Many threads, one memory: each finds what it entered, as the reference does.
    @Test
    void agreesWithTheReferenceUnderConcurrentAppends() throws InterruptedException {
        HotWindow window = window(1 << 30);
        HotTenant tenant = window.of(Tenant.DEFAULT);
        tenant.keepFrom(0);
        try (MetricStore reference = new InMemoryMetricStore()) {
            List<Thread> running = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                int seed = n;
                running.add(
                        Thread.ofPlatform().start(() -> enterRandomly(tenant, reference, seed)));
            }
            for (Thread thread : running) {
                thread.join();
            }
            agree(tenant, reference);
        }
    }

    private void enterRandomly(HotTenant tenant, MetricStore reference, int seed) {
        Random random = new Random(seed);
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 10);
        for (int round = 0; round < 4_000; round++) {
            batch.clear();
            // Series of this thread alone: of a conflict the first wins, in both stores.
            int number = 4 * random.nextInt(15) + seed;
            long ms = T + 1_000L * random.nextInt(round + 1);
            double value = random.nextInt(3) == 0 ? random.nextGaussian() : random.nextInt(9);
            batch.add(reference.series(Tenant.DEFAULT, labels(number)), ms, value);
            AppendResult expected = reference.append(batch);
            HotSeries.Outcome outcome =
                    Objects.requireNonNull(tenant.series(batch)[0])
                            .enter(
                                    ms,
                                    value,
                                    null,
                                    SeriesSamples.NO_START,
                                    durable,
                                    new HashSet<>());
            boolean same =
                    switch (outcome) {
                        case ENTERED -> expected.stored() == 1;
                        case DUPLICATE -> expected.duplicates() == 1;
                        case CONFLICT -> expected.conflicts() == 1;
                    };
            if (!same) {
                throw new IllegalStateException(outcome + " but " + expected);
            }
        }
    }

    private static void agree(HotTenant tenant, MetricStore reference) {
        Random random = new Random(99);
        for (int round = 0; round < 50; round++) {
            long from = T + random.nextInt(4_000_000);
            TimeRange range = new TimeRange(from, from + random.nextInt(4_000_000));
            List<SeriesSamples> expected =
                    reference.select(Tenant.DEFAULT, List.of(), range, SelectLimits.DEFAULT);
            List<SeriesSamples> found = select(tenant, range);
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).labels()).isEqualTo(expected.get(i).labels());
                assertThat(times(found.get(i))).isEqualTo(times(expected.get(i)));
                assertThat(values(found.get(i))).isEqualTo(values(expected.get(i)));
            }
        }
        assertThat(tenant.select(List.of(Matcher.equal("even", "true")))).hasSize(30);
    }

    private static long[] times(SeriesSamples samples) {
        return Arrays.copyOf(samples.timestampsMs(), samples.size());
    }

    private static double[] values(SeriesSamples samples) {
        return Arrays.copyOf(samples.values(), samples.size());
    }
}
