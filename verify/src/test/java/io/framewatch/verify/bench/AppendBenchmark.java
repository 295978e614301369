package io.framewatch.verify.bench;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricStore;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Samples per second through the append path: 10,000 series, batches of 2,000 samples, two
/// appenders.
final class AppendBenchmark {

    private static final int SERIES = 10_000;
    private static final int BATCH = 2_000;
    private static final int ROUNDS = 300;
    private static final int APPENDERS = 2;

    private AppendBenchmark() {}

    static void run(PrintStream out) throws InterruptedException {
        Table table = new Table("store", "samples", "seconds", "samples/s");
        measure(table, "in memory (reference)", AppendBenchmark::memory);
        Optional<Path> library = EngineLibrary.ofUser().find();
        if (library.isPresent()) {
            durable(table, library.get());
        } else {
            out.println("The durable store is left out: its engine is not in the cache.");
        }
        table.print(out);
    }

    /// The durable store: until every sample is acknowledged, and until every sample is flushed.
    private static void durable(Table table, Path library) throws InterruptedException {
        Clock clock = Clock.system();
        Path folder = Path.of("target", "bench-store-" + clock.nowMs());
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        folder, library, 1L << 30, EngineStoreOptions.DEFAULT, clock, line -> {})) {
            store.awaitReady(Duration.ofSeconds(30));
            long startMs = clock.nowMs();
            long start = clock.nanoTime();
            appendAll(store.metrics(), startMs);
            row(table, "durable, until acknowledged", clock.nanoTime() - start);
            store.metrics().flush();
            row(table, "durable, until flushed", clock.nanoTime() - start);
        }
    }

    private static MetricStore memory() {
        return new InMemoryMetricStore(
                new MemoryLimits(SERIES * APPENDERS, Duration.ofHours(6), 50_000_000));
    }

    private static void measure(Table table, String name, Supplier<MetricStore> stores)
            throws InterruptedException {
        Clock clock = Clock.system();
        for (int pass = 0; pass < 2; pass++) {
            try (MetricStore store = stores.get()) {
                long startMs = clock.nowMs() - ROUNDS * 15_000L;
                long start = clock.nanoTime();
                appendAll(store, startMs);
                row(table, pass == 0 ? name + ", cold" : name, clock.nanoTime() - start);
            }
        }
    }

    private static void appendAll(MetricStore store, long startMs) throws InterruptedException {
        List<Thread> appenders = new ArrayList<>();
        for (int a = 0; a < APPENDERS; a++) {
            int appender = a;
            appenders.add(Thread.ofPlatform().start(() -> append(store, appender, startMs)));
        }
        for (Thread appender : appenders) {
            appender.join();
        }
    }

    private static void row(Table table, String name, long nanos) {
        long samples = (long) ROUNDS * BATCH * APPENDERS;
        double seconds = nanos / 1e9;
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", samples),
                String.format(Locale.ROOT, "%.2f", seconds),
                String.format(Locale.ROOT, "%,.0f", samples / seconds));
    }

    private static void append(MetricStore store, int appender, long startMs) {
        Series[] series = new Series[SERIES];
        for (int i = 0; i < SERIES; i++) {
            series[i] =
                    store.series(
                            Tenant.DEFAULT,
                            Labels.of(
                                    "__name__",
                                    "bench_total",
                                    "appender",
                                    "" + appender,
                                    "camera",
                                    "" + i));
        }
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, BATCH);
        for (int round = 0; round < ROUNDS; round++) {
            batch.clear();
            int from = round % (SERIES / BATCH) * BATCH;
            for (int i = 0; i < BATCH; i++) {
                batch.add(series[from + i], startMs + round * 15_000L, round + i);
            }
            store.append(batch);
        }
    }
}
