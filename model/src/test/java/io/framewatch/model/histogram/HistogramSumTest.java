package io.framewatch.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HistogramSumTest {

    private static final int SEEDS = 500;

    private static NativeHistogram random(Random random) {
        int schema = random.nextInt(-2, 5);
        double[] positive = buckets(random);
        double[] negative = buckets(random);
        double zero = random.nextInt(3);
        double count = zero;
        for (double bucket : positive) {
            count += bucket;
        }
        for (double bucket : negative) {
            count += bucket;
        }
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                schema,
                random.nextBoolean() ? 0.001 : 0.1,
                zero,
                count,
                random.nextInt(100),
                spans(random, positive),
                positive,
                spans(random, negative),
                negative,
                new double[0]);
    }

    private static double[] buckets(Random random) {
        return random.doubles(random.nextInt(8), 0, 9).map(Math::floor).toArray();
    }

    private static Span[] spans(Random random, double[] buckets) {
        return buckets.length == 0
                ? new Span[0]
                : new Span[] {new Span(random.nextInt(1, 8), buckets.length)};
    }

    @Test
    void orderDoesNotMatterAndNothingIsLost() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            NativeHistogram a = random(random);
            NativeHistogram b = random(random);
            NativeHistogram ab = HistogramSum.of(a).add(b).build();
            NativeHistogram ba = HistogramSum.of(b).add(a).build();
            assertThat(ab).as("seed %d", seed).isEqualTo(ba);
            assertThat(ab.count()).as("seed %d", seed).isEqualTo(a.count() + b.count());
            double inBuckets = Bucket.ascending(ab).stream().mapToDouble(Bucket::count).sum();
            assertThat(inBuckets).as("seed %d", seed).isEqualTo(ab.count());
        }
    }

    @Test
    void aCounterThatOnlyGrewWasNotReset() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            NativeHistogram before = random(random);
            NativeHistogram after = HistogramSum.of(before).add(random(random)).build();
            assertThat(CounterResets.between(before, after)).as("seed %d", seed).isFalse();
            if (after.count() > before.count()) {
                assertThat(CounterResets.between(after, before)).as("seed %d", seed).isTrue();
            }
        }
    }

    @Test
    void halvesAddUpToTheWhole() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            NativeHistogram whole = random(new Random(seed));
            NativeHistogram half = HistogramSum.of(whole).scale(0.5).build();
            assertThat(HistogramText.same(HistogramSum.of(half).add(half).build(), whole))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void aQuantileIsWhereItsFractionLies() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            NativeHistogram h = random(random);
            double q = random.nextDouble(0.01, 0.99);
            double value = HistogramEstimate.quantile(q, h).value();
            if (h.count() == 0) {
                assertThat(value).isNaN();
                continue;
            }
            double fraction = HistogramEstimate.fraction(Double.NEGATIVE_INFINITY, value, h);
            assertThat(fraction).as("seed %d", seed).isCloseTo(q, within(1e-9));
        }
    }

    @Test
    void trimmedPartsAddUpToTheCount() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            NativeHistogram h = random(random);
            double limit = random.nextDouble(-8, 8);
            double below = HistogramTrim.keepBelow(h, limit).count();
            double above = HistogramTrim.keepAbove(h, limit).count();
            assertThat(below + above).as("seed %d", seed).isCloseTo(h.count(), within(1e-9));
        }
    }

    @Test
    void customBoundsAreReconciled() {
        NativeHistogram a = custom(new double[] {2, 4, 6}, 1, 2, 5, 7);
        NativeHistogram b = custom(new double[] {2, 3, 6}, 1, 1, 1, 1);
        HistogramSum sum = HistogramSum.of(a).add(b);
        assertThat(sum.boundsReconciled()).isTrue();
        assertThat(sum.build().customValues()).containsExactly(2, 6);
        assertThat(sum.build().positiveBuckets()).containsExactly(2, 9, 8);
    }

    private static NativeHistogram custom(double[] bounds, double... buckets) {
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                java.util.Arrays.stream(buckets).sum(),
                0,
                new Span[] {new Span(0, buckets.length)},
                buckets,
                new Span[0],
                new double[0],
                bounds);
    }
}
