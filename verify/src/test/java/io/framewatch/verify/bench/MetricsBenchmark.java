package io.framewatch.verify.bench;

import io.framewatch.engine.EngineLibrary;
import io.framewatch.model.Clock;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.embedded.EmbeddedStore;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.store.metrics.EngineMetricStore;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Dashboard queries over six hours of 10,000 series, answered by the hot window, by the engine,
/// and by both where the window covers only the last half hour.
///
/// `FRAMEWATCH_BENCH_QUERIES=text` measures only the queries whose name contains the text,
/// `FRAMEWATCH_BENCH_ROUNDS` sets how often each is asked.
final class MetricsBenchmark {

    private static final int ROUNDS = 9;
    private static final Duration SPLIT = Duration.ofMinutes(30);
    private static final long ENGINE_BYTES = 2L << 30;
    private static final HotLimits ROOMY =
            new HotLimits(1_000_000, 4L << 30, HotLimits.DEFAULT.ageMax());

    private MetricsBenchmark() {}

    /// A clock that can be set and then goes on.
    private static final class ShiftedClock implements Clock {

        private final Clock real = Clock.system();
        private final AtomicLong shiftMs = new AtomicLong();

        void set(long nowMs) {
            shiftMs.set(nowMs - real.nowMs());
        }

        @Override
        public long nowMs() {
            return real.nowMs() + shiftMs.get();
        }

        @Override
        public long nanoTime() {
            return real.nanoTime();
        }
    }

    static void run(PrintStream out) {
        Optional<Path> library = EngineLibrary.ofUser().find();
        if (library.isEmpty()) {
            out.println("Left out: the storage engine is not in the cache.");
            return;
        }
        ShiftedClock clock = new ShiftedClock();
        long endMs = clock.nowMs() / 60_000 * 60_000;
        Workload workload = Workload.sixHours(endMs);
        Path folder = Path.of("target", "bench-metrics-" + clock.nowMs());
        List<DashboardQuery> queries = queries();
        double[][] medians = new double[queries.size()][3];
        clock.set(workload.startMs() - 600_000);
        try (EmbeddedStore store = open(folder, library.get(), clock, Duration.ZERO)) {
            long started = clock.nanoTime();
            workload.load(store.metrics(), clock::set);
            store.metrics().flush();
            double seconds = (clock.nanoTime() - started) / 1e9;
            out.println(format("%,.0f samples/s in, until flushed", workload.samples() / seconds));
            measure(queries, store.metrics(), clock, workload, medians, 0);
        }
        clock.set(endMs + 1);
        try (EmbeddedStore store = open(folder, library.get(), clock, Duration.ZERO)) {
            store.awaitReady(Duration.ofSeconds(30));
            store.metrics().flush();
            measure(queries, store.metrics(), clock, workload, medians, 1);
        }
        clock.set(endMs + 1);
        try (EmbeddedStore store = open(folder, library.get(), clock, SPLIT)) {
            store.awaitReady(Duration.ofSeconds(30));
            awaitWarm(store.metrics(), endMs);
            measure(queries, store.metrics(), clock, workload, medians, 2);
        }
        Table table = new Table("query, median ms", "hot", "engine", "both");
        for (int i = 0; i < medians.length; i++) {
            double[] of = medians[i];
            table.row(
                    queries.get(i).name(),
                    format("%.1f", of[0]),
                    format("%.1f", of[1]),
                    format("%.1f", of[2]));
        }
        table.print(out);
    }

    private static List<DashboardQuery> queries() {
        String wanted = System.getenv().getOrDefault("FRAMEWATCH_BENCH_QUERIES", "");
        return DashboardQuery.all().stream().filter(q -> q.name().contains(wanted)).toList();
    }

    private static int rounds() {
        String wanted = System.getenv("FRAMEWATCH_BENCH_ROUNDS");
        return wanted == null ? ROUNDS : Integer.parseInt(wanted);
    }

    private static EmbeddedStore open(Path folder, Path library, Clock clock, Duration warmUp) {
        EngineStoreOptions options = EngineStoreOptions.DEFAULT.withHot(ROOMY).withWarmUp(warmUp);
        return EmbeddedStore.open(folder, library, ENGINE_BYTES, options, clock, line -> {});
    }

    private static void awaitWarm(EngineMetricStore store, long endMs) {
        while (store.hotStartMs(Tenant.DEFAULT) > endMs - SPLIT.toMillis() + 60_000) {
            Thread.onSpinWait();
        }
    }

    private static void measure(
            List<DashboardQuery> queries,
            EngineMetricStore store,
            Clock clock,
            Workload workload,
            double[][] medians,
            int column) {
        PromqlEngine engine = new PromqlEngine(store, PromqlOptions.DEFAULT, clock);
        for (int i = 0; i < queries.size(); i++) {
            medians[i][column] = median(queries.get(i), store, engine, clock, workload.endMs());
        }
    }

    private static double median(
            DashboardQuery query,
            EngineMetricStore store,
            PromqlEngine engine,
            Clock clock,
            long endMs) {
        int rounds = rounds();
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long started = clock.nanoTime();
            ask(query, store, engine, endMs);
            nanos.add(clock.nanoTime() - started);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[rounds / 2] / 1e6;
    }

    private static void ask(
            DashboardQuery query, EngineMetricStore store, PromqlEngine engine, long endMs) {
        TimeRange range = new TimeRange(endMs - query.spanMs(), endMs);
        switch (query.kind()) {
            case INSTANT ->
                    engine.instant(
                            Tenant.DEFAULT, query.expression(), endMs, QueryContext.defaults());
            case RANGE ->
                    engine.range(
                            Tenant.DEFAULT,
                            query.expression(),
                            range.fromMs(),
                            endMs,
                            query.stepMs(),
                            QueryContext.defaults());
            case LABEL_VALUES ->
                    store.labelValues(
                            Tenant.DEFAULT,
                            query.expression(),
                            List.of(),
                            range,
                            SelectLimits.DEFAULT);
            case SERIES ->
                    store.series(
                            Tenant.DEFAULT,
                            matchers(query.expression()),
                            range,
                            SelectLimits.DEFAULT);
        }
    }

    private static List<Matcher> matchers(String selector) {
        return ((VectorSelector) PromqlParser.parse(selector)).matchers();
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
