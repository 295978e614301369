package io.framewatch.query.logql;

import io.framewatch.model.Clock;
import io.framewatch.model.Computing;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.stage.LogLine;
import io.framewatch.query.logql.stage.Stage;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs LogQL over a log store. Thread safe.
public final class LogqlEngine {

    /// Leaves give exactly one sample per evaluation time; nothing older may stand in for a missing
    /// one.
    private static final PromqlOptions EXACT = new PromqlOptions(1, 60_000);

    private final LogStore store;
    private final LogqlLimits limits;
    private final QueryGuard guard;
    private final Clock clock;

    /// An engine over `store`, which stays the caller's, with a guard of its own.
    public LogqlEngine(LogStore store, LogqlLimits limits, Clock clock) {
        this(store, limits, new QueryGuard(QueryGuard.Limits.ofProcess(), clock), clock);
    }

    /// The same, with a guard over its queries.
    public LogqlEngine(LogStore store, LogqlLimits limits, QueryGuard guard, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.guard = guard;
        this.clock = clock;
    }

    private QueryGuard.Turn turn(Tenant tenant, QueryContext context) {
        return context.atOnce() ? guard.enterAtOnce() : guard.enter(tenant);
    }

    /// The lines of a log query, grouped by their labels, groups in the order of their first line.
    ///
    /// Throws `FaultException` with code `query_limit`, `query_timeout` or `query_canceled`; with
    /// turn `LATER` `query_busy` or `query_memory` where other queries leave no room.
    ///
    /// @param fromNs first instant, Unix nanoseconds, inclusive
    /// @param toNs end, Unix nanoseconds, exclusive
    /// @param linesMax most lines, refused beyond the engine's limit
    public List<LogStream> lines(
            Tenant tenant,
            LogQuery query,
            long fromNs,
            long toNs,
            boolean newestFirst,
            int linesMax,
            QueryContext context) {
        if (linesMax > limits.linesReturnedMax() || linesMax < 1) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query asks for " + linesMax + " lines.",
                            "Ask for 1 to " + limits.linesReturnedMax() + "."));
        }
        LogSelection selection =
                new LogSelection(
                        query.matchers(),
                        query.pushable(),
                        fromNs,
                        toNs,
                        newestFirst,
                        limits.linesReadMax());
        try (QueryGuard.Turn turn = turn(tenant, context)) {
            LogqlRun run = new LogqlRun(context, turn, clock);
            return Computing.run(() -> lines(tenant, query, selection, linesMax, run));
        }
    }

    private List<LogStream> lines(
            Tenant tenant, LogQuery query, LogSelection selection, int linesMax, LogqlRun run) {
        Map<Labels, List<LogStream.Line>> streams = new LinkedHashMap<>();
        int[] taken = {0};
        store.select(
                tenant,
                selection,
                entry -> {
                    run.did(1);
                    LogLine line = process(query, entry);
                    if (line != null) {
                        run.holdText(line.text().length());
                        streams.computeIfAbsent(
                                        line.labels(),
                                        labels -> {
                                            run.holdLabels(labels);
                                            return new ArrayList<>();
                                        })
                                .add(new LogStream.Line(line.timestampNs(), line.text()));
                        taken[0]++;
                    }
                    return taken[0] < linesMax;
                });
        return streams.entrySet().stream()
                .map(e -> new LogStream(e.getKey(), e.getValue()))
                .toList();
    }

    /// The line after the pipeline, or null if it was dropped.
    static @Nullable LogLine process(LogQuery query, LogEntry entry) {
        LogLine line = new LogLine(entry);
        for (Stage stage : query.stages()) {
            if (!stage.process(line)) {
                return null;
            }
        }
        return line;
    }

    /// The numbers of a metric query at one time, Unix milliseconds.
    public QueryResult instant(
            Tenant tenant, MetricQuery query, long timeMs, QueryContext context) {
        try (QueryGuard.Turn turn = turn(tenant, context)) {
            LogqlRun run = new LogqlRun(context, turn, clock);
            return Computing.run(() -> instant(tenant, query, timeMs, run));
        }
    }

    private QueryResult instant(Tenant tenant, MetricQuery query, long timeMs, LogqlRun run) {
        try (InMemoryMetricStore leaves = leaves(tenant, query, timeMs, timeMs, 1, run)) {
            return named(engine(leaves).instant(tenant, query.promql(), timeMs, run.rest()));
        }
    }

    /// The numbers of a metric query from `startMs` to `endMs`, both inclusive, every `stepMs`.
    public QueryResult range(
            Tenant tenant,
            MetricQuery query,
            long startMs,
            long endMs,
            long stepMs,
            QueryContext context) {
        long steps = stepMs <= 0 || endMs < startMs ? -1 : (endMs - startMs) / stepMs + 1;
        if (steps < 1 || steps > context.limits().stepsMax()) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The range and step give " + steps + " evaluation times.",
                            "Choose a positive step and 1 to "
                                    + context.limits().stepsMax()
                                    + " times."));
        }
        try (QueryGuard.Turn turn = turn(tenant, context)) {
            LogqlRun run = new LogqlRun(context, turn, clock);
            return Computing.run(() -> range(tenant, query, startMs, endMs, stepMs, run));
        }
    }

    private QueryResult range(
            Tenant tenant, MetricQuery query, long startMs, long endMs, long stepMs, LogqlRun run) {
        try (InMemoryMetricStore leaves = leaves(tenant, query, startMs, endMs, stepMs, run)) {
            return named(
                    engine(leaves)
                            .range(tenant, query.promql(), startMs, endMs, stepMs, run.rest()));
        }
    }

    private PromqlEngine engine(InMemoryMetricStore leaves) {
        return new PromqlEngine(leaves, EXACT, guard, clock);
    }

    private InMemoryMetricStore leaves(
            Tenant tenant, MetricQuery query, long startMs, long endMs, long stepMs, LogqlRun run) {
        InMemoryMetricStore leaves = new InMemoryMetricStore(MemoryLimits.UNLIMITED);
        for (int i = 0; i < query.leaves().size(); i++) {
            RangeEvaluator evaluator = new RangeEvaluator(store, limits, run);
            evaluator.evaluate(
                    tenant,
                    query.leaves().get(i),
                    startMs,
                    endMs,
                    stepMs,
                    MetricQuery.leafName(i),
                    leaves);
        }
        return leaves;
    }

    /// Takes the leaves' names off the answer.
    private static QueryResult named(QueryResult result) {
        Value value =
                switch (result.value()) {
                    case ScalarValue scalar -> scalar;
                    case StringValue string -> string;
                    case VectorValue vector ->
                            new VectorValue(
                                    vector.samples().stream().map(LogqlEngine::unnamed).toList());
                    case MatrixValue matrix ->
                            new MatrixValue(
                                    matrix.series().stream().map(LogqlEngine::unnamed).toList());
                };
        return new QueryResult(value, result.warnings(), result.infos(), result.stats());
    }

    private static VectorSample unnamed(VectorSample sample) {
        return new VectorSample(
                sample.labels().withoutName(),
                sample.timestampMs(),
                sample.value(),
                sample.histogram());
    }

    private static SeriesSamples unnamed(SeriesSamples series) {
        return new SeriesSamples(
                series.labels().withoutName(),
                series.size(),
                series.timestampsMs(),
                series.values(),
                series.histograms());
    }
}
