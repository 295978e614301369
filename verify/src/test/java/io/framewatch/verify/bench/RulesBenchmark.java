package io.framewatch.verify.bench;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.rules.RuleOptions;
import io.framewatch.rules.evaluate.EngineQuery;
import io.framewatch.rules.evaluate.GroupEvaluation;
import io.framewatch.rules.evaluate.RuleContext;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.store.MetricStore;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One evaluation of 1,000 alerting rules over 100,000 series on the durable store's hot window:
/// each rule looks at the rate over 5 min of a hundred series, and one in a hundred fires.
final class RulesBenchmark {

    private static final int RULES = 1_000;
    private static final int SERIES_PER_RULE = 100;
    private static final int STEPS = 40;
    private static final long STEP_MS = 15_000;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final long ENGINE_BYTES = 1L << 30;

    private RulesBenchmark() {}

    static void run(PrintStream out) {
        Optional<Path> library = EngineLibrary.ofUser().find();
        if (library.isEmpty()) {
            out.println("Left out: the storage engine is not in the cache.");
            return;
        }
        Clock clock = Clock.system();
        Path folder = Path.of("target", "bench-rules-" + clock.nowMs());
        EngineStoreOptions options = EngineStoreOptions.DEFAULT.withWarmUp(Duration.ZERO);
        try (EmbeddedStore store =
                EmbeddedStore.open(folder, library.get(), ENGINE_BYTES, options, clock, _ -> {})) {
            // Stamped from the start on, so that the hot window has all of it.
            long startMs = clock.nowMs() + 1;
            load(store.metrics(), startMs);
            measure(out, store.metrics(), clock, startMs + STEPS * STEP_MS);
        }
    }

    private static void load(MetricStore store, long startMs) {
        int count = RULES * SERIES_PER_RULE;
        Series[] series = new Series[count];
        for (int i = 0; i < count; i++) {
            String[] pairs = {
                Labels.NAME,
                "frames_total",
                "camera",
                "cam-" + i % SERIES_PER_RULE,
                "site",
                "site-" + i / SERIES_PER_RULE
            };
            series[i] = store.series(Tenant.DEFAULT, Labels.of(pairs));
        }
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, count);
        for (int step = 0; step <= STEPS; step++) {
            batch.clear();
            for (int i = 0; i < count; i++) {
                // One camera in a hundred gives a frame a second, the others 25.
                int perStep = i % SERIES_PER_RULE == 7 && i % 10_000 < SERIES_PER_RULE ? 15 : 375;
                batch.add(series[i], startMs + step * STEP_MS, (double) step * perStep);
            }
            store.append(batch);
        }
    }

    private static RuleFile rules() {
        StringBuilder text = new StringBuilder("groups:\n- name: bench\n  rules:\n");
        for (int i = 0; i < RULES; i++) {
            text.append("  - alert: SlowCamera").append(i).append("\n    expr: ");
            text.append("rate(frames_total{site=\"site-").append(i).append("\"}[5m]) < 20\n");
            text.append("    for: 1m\n    annotations:\n");
            text.append("      summary: '{{ $labels.camera }} gives {{ $value }} frames/s'\n");
        }
        return RuleFile.read("bench.yml", text.toString());
    }

    private static void measure(PrintStream out, MetricStore store, Clock clock, long endMs) {
        PromqlEngine engine = new PromqlEngine(store, PromqlOptions.DEFAULT, clock);
        RuleContext context =
                new RuleContext(
                        Tenant.DEFAULT,
                        new EngineQuery(engine, RuleOptions.DEFAULT.timeout()),
                        store,
                        store,
                        Labels.EMPTY,
                        "");
        GroupEvaluation group =
                new GroupEvaluation(
                        context,
                        "bench.yml",
                        rules().groups().getFirst(),
                        STEP_MS,
                        0,
                        false,
                        clock);
        double best = Double.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            long started = clock.nanoTime();
            group.evaluate(endMs - (WARM_UPS + ROUNDS - round) * STEP_MS);
            double ms = (clock.nanoTime() - started) / 1e6;
            if (round >= WARM_UPS) {
                best = Math.min(best, ms);
                sum += ms;
            }
        }
        Table table = new Table("rules", "series", "alerts", "best, ms", "mean, ms", "failures");
        table.row(
                Integer.toString(RULES),
                Integer.toString(RULES * SERIES_PER_RULE),
                Integer.toString(group.alerts().size()),
                String.format(Locale.ROOT, "%.0f", best),
                String.format(Locale.ROOT, "%.0f", sum / ROUNDS),
                Long.toString(group.failures()));
        out.println("One thread, so a second of time is a second of one core.");
        table.print(out);
    }
}
