package io.framewatch.verify.bench;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.store.hot.HotReader;
import io.framewatch.store.hot.HotSeries;
import io.framewatch.store.hot.HotStatus;
import io.framewatch.store.hot.HotTenant;
import io.framewatch.store.hot.HotWindow;
import io.framewatch.store.hot.Pending;
import io.framewatch.store.index.SeriesIds;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// The hot window alone: how fast samples enter, what they and their series take in memory, and how
/// long selects take.
final class HotBenchmark {

    private static final int SERIES = 10_000;
    private static final int MANY_SERIES = 1_000_000;
    private static final int MANY_STEPS = 4;
    private static final int STEPS = 6 * 240;
    private static final long STEP_MS = 15_000;
    private static final int ROUNDS = 30;
    private static final long BYTES_MAX = 4L << 30;

    private final Clock clock = Clock.system();
    private final Pending durable = new Pending();
    private final Set<Pending> dependsOn = new HashSet<>();
    private final Table table = new Table("what", "result");

    private HotBenchmark() {
        durable.done(true);
    }

    static void run(PrintStream out) {
        HotBenchmark benchmark = new HotBenchmark();
        benchmark.samples();
        benchmark.series();
        benchmark.table.print(out);
    }

    private static HotWindow window() {
        HotLimits limits = HotLimits.DEFAULT.withBytesMax(BYTES_MAX);
        return new HotWindow(limits, new byte[SeriesIds.KEY_BYTES], 0);
    }

    private static Labels labels(int i) {
        return Labels.of(
                "__name__",
                i % 2 == 0 ? "frames_total" : "stage_fps",
                "camera",
                "cam-" + i / 20,
                "site",
                "site-" + i % 1000 / 100,
                "stage",
                "stage-" + i % 20 / 2,
                "instance",
                "10.0." + i % 1000 / 100 + ".7:9100",
                "job",
                "pipeline");
    }

    /// Counters and gauges with one digit behind the point, half and half.
    private static double next(Random random, int series, double before) {
        return series % 2 == 0 ? before + random.nextInt(400) : (240 + random.nextInt(20)) / 10.0;
    }

    private void samples() {
        HotWindow window = window();
        HotTenant tenant = window.of(Tenant.DEFAULT);
        HotSeries[] series = new HotSeries[SERIES];
        for (int i = 0; i < SERIES; i++) {
            series[i] = tenant.series(labels(i));
        }
        long before = window.status().bytes();
        Random random = new Random(1);
        double[] values = new double[SERIES];
        long endMs = clock.nowMs();
        long spent = 0;
        for (int step = STEPS; step > 0; step--) {
            for (int i = 0; i < SERIES; i++) {
                values[i] = next(random, i, values[i]);
            }
            long started = clock.nanoTime();
            for (int i = 0; i < SERIES; i++) {
                series[i].enter(
                        endMs - step * STEP_MS,
                        values[i],
                        null,
                        SampleBatch.NO_START,
                        durable,
                        dependsOn);
            }
            spent += clock.nanoTime() - started;
        }
        long samples = (long) SERIES * STEPS;
        table.row("samples entered, one thread", format("%,.0f /s", samples / (spent / 1e9)));
        double each = (double) (window.status().bytes() - before) / samples;
        table.row("10,000 series x 6 h", format("%.2f bytes/sample", each));
        List<Matcher> all = List.of(Matcher.of(Matcher.Op.REGEX, "stage", ".+"));
        List<Matcher> one =
                List.of(
                        Matcher.equal(Labels.NAME, "frames_total"),
                        Matcher.equal("camera", "cam-7"),
                        Matcher.equal("stage", "stage-3"));
        select("one series, last 5 min", tenant, one, endMs - 300_000);
        select("one series, 6 h", tenant, one, 0);
        select("10,000 series, 5 min", tenant, all, endMs - 300_000);
        select("10,000 series, 1 h", tenant, all, endMs - 3_600_000);
    }

    private void select(String what, HotTenant tenant, List<Matcher> matchers, long fromMs) {
        long[] nanos = new long[ROUNDS];
        long samples = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long started = clock.nanoTime();
            samples = 0;
            HotReader reader = new HotReader();
            TimeRange range = new TimeRange(fromMs, Long.MAX_VALUE);
            for (HotSeries series : tenant.select(matchers)) {
                SeriesSamples found = series.samples(range, reader, false);
                samples += found == null ? 0 : found.size();
            }
            nanos[round] = clock.nanoTime() - started;
        }
        Arrays.sort(nanos);
        table.row(what, format("%.3f ms median, %,d samples", nanos[ROUNDS / 2] / 1e6, samples));
    }

    /// A million series with a few samples each.
    private void series() {
        long heapBefore = heapUsed();
        HotWindow window = window();
        HotTenant tenant = window.of(Tenant.DEFAULT);
        long started = clock.nanoTime();
        for (int i = 0; i < MANY_SERIES; i++) {
            tenant.series(labels(i));
        }
        double seconds = (clock.nanoTime() - started) / 1e9;
        table.row("series made, one thread", format("%,.0f /s", MANY_SERIES / seconds));
        double heap = (double) (heapUsed() - heapBefore) / MANY_SERIES;
        HotStatus status = window.status();
        table.row("heap per active series, measured", format("%.0f bytes", heap));
        table.row("heap per active series, counted", bytesEach(status.bytes()));
        Random random = new Random(1);
        for (int step = 0; step < MANY_STEPS; step++) {
            for (HotSeries series : tenant.select(List.of())) {
                double value = random.nextInt(400);
                series.enter(step * STEP_MS, value, null, SampleBatch.NO_START, durable, dependsOn);
            }
        }
        table.row("with its first samples", bytesEach(window.status().bytes()));
    }

    private static String bytesEach(long bytes) {
        return format("%.0f bytes", (double) bytes / MANY_SERIES);
    }

    private static long heapUsed() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
