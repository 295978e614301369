package io.framewatch.store.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.hot.HotSeries.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HotSeriesTest {

    private static final long T = 1_800_000_000_000L;
    private static final Labels LABELS = Labels.of("__name__", "m");

    private final HotMemory memory = new HotMemory(1 << 20);
    private final HotSeries series =
            new HotSeries(memory, new Series(Tenant.DEFAULT, 1, LABELS), 0);
    private final HotReader reader = new HotReader();
    private final Pending durable = new Pending();

    /// A sample as the model knows it.
    private record Value(long bits, @Nullable NativeHistogram histogram, long startMs) {}

    /// What is expected to be there.
    private final NavigableMap<Long, Value> model = new TreeMap<>();

    /// Kinds of values, each with its own way of being written.
    enum Kind {
        COUNTER,
        STEADY_COUNTER,
        GAUGE,
        DECIMAL,
        ANY_DOUBLE,
        SPECIAL,
        HUGE,
        MIXED;

        double next(Random random, double before) {
            return switch (this) {
                case COUNTER -> before + random.nextInt(400);
                case STEADY_COUNTER -> before + 1500;
                case GAUGE -> random.nextInt(7) - 3;
                case DECIMAL -> (random.nextInt(20_000) - 10_000) / 100.0;
                case ANY_DOUBLE -> Double.longBitsToDouble(random.nextLong());
                case SPECIAL -> special(random);
                case HUGE -> (1L << 50) * (random.nextInt(16) - 8.0) + random.nextInt(3);
                case MIXED -> values()[random.nextInt(7)].next(random, before);
            };
        }

        private static double special(Random random) {
            return new double[] {
                        StaleNaN.VALUE,
                        Double.NaN,
                        Double.longBitsToDouble(0x7ff8000000001234L),
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        -0.0,
                        0.0,
                        1,
                        Double.MIN_VALUE,
                        1 / 3.0
                    }
                    [random.nextInt(10)];
        }
    }

    private static NativeHistogram histogram(int count) {
        return new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN,
                0,
                0.001,
                0,
                count,
                count * 1.5,
                new NativeHistogram.Span[] {new NativeHistogram.Span(0, 1)},
                new double[] {count},
                new NativeHistogram.Span[0],
                new double[0],
                new double[0]);
    }

    private Outcome enter(long ms, double value, @Nullable NativeHistogram histogram, Pending by) {
        return enter(ms, value, histogram, SeriesSamples.NO_START, by);
    }

    private Outcome enter(
            long ms, double value, @Nullable NativeHistogram histogram, long startMs, Pending by) {
        Value present = model.get(ms);
        Value given = new Value(Double.doubleToRawLongBits(value), histogram, startMs);
        Outcome expected;
        if (present == null) {
            expected = Outcome.ENTERED;
            model.put(ms, given);
        } else if (present.histogram() != null || histogram != null) {
            boolean same = present.histogram() != null && present.histogram().equals(histogram);
            expected = same ? Outcome.DUPLICATE : Outcome.CONFLICT;
        } else {
            expected = present.bits() == given.bits() ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        Outcome outcome = series.enter(ms, value, histogram, startMs, by, new HashSet<>());
        if (outcome != expected) {
            fail("at %d: %s instead of %s".formatted(ms, outcome, expected));
        }
        return outcome;
    }

    private void check(long fromMs, long toMs) {
        SeriesSamples found = series.samples(new TimeRange(fromMs, toMs), reader, true);
        NavigableMap<Long, Value> expected = model.subMap(fromMs, true, toMs, true);
        assertThat(series.touches(new TimeRange(fromMs, toMs))).isEqualTo(!expected.isEmpty());
        if (found == null) {
            assertThat(expected).isEmpty();
            return;
        }
        long[] times = expected.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] bits = expected.values().stream().mapToLong(Value::bits).toArray();
        assertThat(Arrays.copyOf(found.timestampsMs(), found.size())).isEqualTo(times);
        assertThat(
                        Arrays.stream(found.values(), 0, found.size())
                                .mapToLong(Double::doubleToRawLongBits)
                                .toArray())
                .isEqualTo(bits);
        int i = 0;
        for (Value value : expected.values()) {
            if (!Objects.equals(found.histogram(i), value.histogram())) {
                fail("histogram at " + times[i]);
            }
            if (found.startTimestampMs(i) != value.startMs()) {
                fail("start at " + times[i] + ": " + found.startTimestampMs(i));
            }
            i++;
        }
    }

    /// Forgets; what may stay in a block that reaches over the border is forgotten by the model
    /// only if it is gone.
    private void forget(long beforeMs) {
        series.forget(beforeMs);
        SeriesSamples left = series.samples(TimeRange.ALL, reader, false);
        long firstMs = left == null ? Long.MAX_VALUE : left.timestampsMs()[0];
        model.headMap(Math.min(beforeMs, firstMs), false).clear();
        assertThat(model.headMap(beforeMs)).hasSizeLessThanOrEqualTo(SampleChain.COUNT_MAX);
    }

    /// In any order, with duplicates, conflicts, take-backs and forgetting, a series has what a
    /// sorted map has, bit for bit.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void agreesWithASortedMap(Kind kind) {
        for (int seed = 0; seed < 8; seed++) {
            model.clear();
            series.clear();
            forget(Long.MAX_VALUE);
            steps(kind, new Random(seed), seed);
        }
    }

    private void steps(Kind kind, Random random, int seed) {
        int late = new int[] {0, 50, 2, 1}[seed % 4];
        long newestMs = T;
        double value = random.nextInt(1000);
        for (int step = 0; step < 3_000; step++) {
            newestMs += random.nextInt(20) == 0 ? random.nextInt(100_000) : 15_000;
            newestMs += seed >= 4 ? random.nextInt(30) : 0;
            boolean isLate = late > 0 && random.nextInt(late) == 0;
            long ms = isLate ? T + random.nextLong(newestMs - T + 1) : newestMs;
            value = kind.next(random, value);
            boolean withHistogram = seed % 3 == 2 && random.nextInt(5) == 0;
            Pending by = new Pending();
            NativeHistogram histogram = withHistogram ? histogram(random.nextInt(9)) : null;
            Outcome outcome = enter(ms, value, histogram, start(random, seed, ms), by);
            boolean fails = outcome == Outcome.ENTERED && random.nextInt(40) == 0;
            if (fails) {
                series.takeBack(ms);
                model.remove(ms);
            }
            by.done(!fails);
            switch (random.nextInt(300)) {
                case 0 -> forget(T + random.nextLong(newestMs - T + 1));
                case 1 -> {
                    long from = T + random.nextLong(newestMs - T + 1);
                    check(from, from + random.nextInt(10_000_000));
                }
                case 2 -> {
                    if (random.nextInt(5) == 0) {
                        resend();
                    }
                }
                default -> {}
            }
        }
        check(Long.MIN_VALUE, Long.MAX_VALUE);
        forget(newestMs + 1);
        assertThat(memory.bytes()).isZero();
    }

    /// None in every second run; else that of a process that lives for half a day, of a delta, or
    /// an unknown one.
    private static long start(Random random, int seed, long ms) {
        if (seed % 2 == 0) {
            return SeriesSamples.NO_START;
        }
        return switch (random.nextInt(30)) {
            case 0 -> SeriesSamples.NO_START;
            case 1 -> ms - 15_000;
            default -> ms - ms % 43_200_000;
        };
    }

    /// Everything is there already.
    private void resend() {
        for (Map.Entry<Long, Value> sample : model.entrySet()) {
            Value value = sample.getValue();
            Outcome outcome =
                    series.enter(
                            sample.getKey(),
                            Double.longBitsToDouble(value.bits()),
                            value.histogram(),
                            value.startMs(),
                            durable,
                            new HashSet<>());
            if (outcome != Outcome.DUPLICATE) {
                fail(outcome + " at " + sample.getKey());
            }
        }
    }

    @Test
    void timestampsFarApartAndAtTheEndsOfTimeComeBack() {
        long[] odd = {0, 1, Integer.MAX_VALUE, 1L << 33, (1L << 33) + 1, T, T + 1, 1L << 43};
        for (long ms : odd) {
            enter(ms, 7, null, durable);
        }
        check(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Test
    void backwardsIsAsGoodAsForwards() {
        for (int i = 2_000; i > 0; i--) {
            enter(T + i * 1_000L, i * 0.5, null, durable);
        }
        check(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(memory.bytes()).isLessThan(2_000 * 6);
    }

    @Test
    void samplesReadBackLeaveWhatIsThere() {
        enter(T + 500, 5, null, durable);
        enter(T + 10_000, 10, histogram(3), durable);
        long[] times = new long[600];
        double[] values = new double[600];
        long[] starts = new long[600];
        @Nullable NativeHistogram[] histograms = new @Nullable NativeHistogram[600];
        for (int i = 0; i < 600; i++) {
            times[i] = T + i * 100L;
            values[i] = i;
            histograms[i] = i % 7 == 0 ? histogram(i) : null;
            starts[i] = i < 200 ? SeriesSamples.NO_START : T + i / 100;
            model.putIfAbsent(
                    times[i],
                    new Value(Double.doubleToRawLongBits(values[i]), histograms[i], starts[i]));
        }
        series.enterDurable(new SeriesSamples(LABELS, 600, times, values, histograms, starts));
        check(Long.MIN_VALUE, Long.MAX_VALUE);
        long[] older = {T - 2_000, T - 1_000};
        for (int i = 0; i < 2; i++) {
            model.put(older[i], new Value(Double.doubleToRawLongBits(i), null, T - 9_000));
        }
        long[] olderStarts = {T - 9_000, T - 9_000};
        series.enterDurable(
                new SeriesSamples(LABELS, 2, older, new double[] {0, 1}, null, olderStarts));
        check(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Test
    void aDuplicateDependsOnTheAppendsThatAreNotDurableYet() {
        Pending first = new Pending();
        Pending second = new Pending();
        Pending third = new Pending();
        enter(T, 1, null, first);
        enter(T + 1, 1, null, second);
        Set<Pending> dependsOn = new HashSet<>();
        series.enter(T, 1, null, SeriesSamples.NO_START, third, dependsOn);
        assertThat(dependsOn).containsExactlyInAnyOrder(first, second);
        first.done(true);
        dependsOn.clear();
        series.enter(T + 1, 2, null, SeriesSamples.NO_START, third, dependsOn);
        assertThat(dependsOn).containsExactly(second);
        dependsOn.clear();
        series.enter(T + 1, 1, null, SeriesSamples.NO_START, second, dependsOn);
        assertThat(dependsOn).isEmpty();
    }

    @Test
    void countersTakeUnderTwoBytesASampleAndConstantsUnderOne() {
        Random random = new Random(1);
        List<String> sizes = new ArrayList<>();
        for (Kind kind : List.of(Kind.COUNTER, Kind.STEADY_COUNTER, Kind.GAUGE, Kind.DECIMAL)) {
            long before = memory.bytes();
            HotSeries own = new HotSeries(memory, series.series(), 0);
            double value = 0;
            for (int i = 0; i < 10_240; i++) {
                value = kind.next(random, value);
                own.append(T + i * 15_000L, value);
            }
            sizes.add("%s %.2f".formatted(kind, (memory.bytes() - before) / 10_240.0));
        }
        double[] perSample =
                sizes.stream().mapToDouble(s -> Double.parseDouble(s.split(" ")[1])).toArray();
        assertThat(Arrays.stream(perSample).max().orElseThrow()).as("%s", sizes).isLessThan(2.7);
        assertThat(perSample[0]).as("%s", sizes).isLessThan(1.9);
        assertThat(perSample[1]).as("%s", sizes).isLessThan(0.6);
    }
}
