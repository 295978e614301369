package io.framewatch.verify.bench;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// The durable store with 10,000 counters over six hours at 15 s: how fast it takes them in, what
/// they take on the disk, and how long selects take that the engine answers.
final class StoreBenchmark {

    private static final int SERIES = 10_000;
    private static final int STEPS = 6 * 240;
    private static final long STEP_MS = 15_000;
    private static final int ROUNDS = 15;

    private StoreBenchmark() {}

    static void run(PrintStream out) {
        Optional<Path> library = EngineLibrary.ofUser().find();
        if (library.isEmpty()) {
            out.println("Left out: the storage engine is not in the cache.");
            return;
        }
        Clock clock = Clock.system();
        Path folder = Path.of("target", "bench-store-" + clock.nowMs());
        Table table = new Table("what", "result");
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        folder,
                        library.get(),
                        1L << 30,
                        EngineStoreOptions.DEFAULT,
                        clock,
                        line -> {})) {
            store.awaitReady(Duration.ofSeconds(30));
            long endMs = clock.nowMs();
            long started = clock.nanoTime();
            load(store.metrics(), endMs);
            store.metrics().flush();
            double seconds = (clock.nanoTime() - started) / 1e9;
            long samples = (long) SERIES * STEPS;
            table.row("in, until flushed", format("%,.0f samples/s", samples / seconds));
            table.row(
                    "on disk, merges under way",
                    format("%.2f bytes/sample", (double) store.metrics().storedBytes() / samples));
            selects(table, store.metrics(), clock, endMs);
        }
        table.print(out);
    }

    private static void load(EngineMetricStore store, long endMs) {
        Random random = new Random(1);
        Series[] series = new Series[SERIES];
        double[] values = new double[SERIES];
        for (int i = 0; i < SERIES; i++) {
            String[] pairs = {
                "__name__",
                "frames_total",
                "camera",
                "cam-" + i % 1000,
                "stage",
                "stage-" + i / 1000
            };
            series[i] = store.series(Tenant.DEFAULT, Labels.of(pairs));
        }
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, SERIES);
        for (int step = STEPS; step > 0; step--) {
            batch.clear();
            for (int i = 0; i < SERIES; i++) {
                values[i] += random.nextInt(400);
                batch.add(series[i], endMs - step * STEP_MS, values[i]);
            }
            store.append(batch);
        }
    }

    private static void selects(Table table, EngineMetricStore store, Clock clock, long endMs) {
        Matcher name = Matcher.equal(Labels.NAME, "frames_total");
        List<Matcher> one =
                List.of(name, Matcher.equal("camera", "cam-7"), Matcher.equal("stage", "stage-3"));
        List<Matcher> camera = List.of(name, Matcher.equal("camera", "cam-7"));
        List<Matcher> stage = List.of(name, Matcher.equal("stage", "stage-3"));
        select(table, "one series, last 5 min", store, clock, one, endMs - 300_000, endMs);
        select(table, "one series, 6 h", store, clock, one, 0, endMs);
        select(table, "ten series, 6 h", store, clock, camera, 0, endMs);
        select(table, "1,000 series, 1 h", store, clock, stage, endMs - 3_600_000, endMs);
        select(table, "10,000 series, 5 min", store, clock, List.of(name), endMs - 300_000, endMs);
    }

    private static void select(
            Table table,
            String what,
            EngineMetricStore store,
            Clock clock,
            List<Matcher> matchers,
            long fromMs,
            long toMs) {
        long[] nanos = new long[ROUNDS];
        long samples = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long started = clock.nanoTime();
            List<SeriesSamples> found =
                    store.select(
                            Tenant.DEFAULT,
                            matchers,
                            new TimeRange(fromMs, toMs),
                            SelectLimits.DEFAULT);
            nanos[i] = clock.nanoTime() - started;
            samples = found.stream().mapToLong(SeriesSamples::size).sum();
        }
        Arrays.sort(nanos);
        table.row(what, format("%.1f ms median, %,d samples", nanos[ROUNDS / 2] / 1e6, samples));
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
