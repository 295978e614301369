package io.framewatch.query.logql;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.RangeAggregation.Grouping;
import io.framewatch.query.logql.RangeAggregation.Unwrap;
import io.framewatch.query.logql.stage.LogLine;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.MetricAppender;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Turns log lines into the samples of one range aggregation. One evaluation per instance.
final class RangeEvaluator {

    private static final int CHECK_EVERY_LINES = 4096;

    private final LogStore store;
    private final LogqlLimits limits;
    private final Clock clock;
    private final QueryContext context;
    private final long deadlineNs;
    private final Map<Labels, Points> points = new LinkedHashMap<>();
    private int linesRead;

    RangeEvaluator(LogStore store, LogqlLimits limits, Clock clock, QueryContext context) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.context = context;
        this.deadlineNs = clock.nanoTime() + context.limits().timeoutMs() * LogEntry.NS_PER_MS;
    }

    /// Appends a sample per series and evaluation time that has one, under metric `name`.
    void evaluate(
            Tenant tenant,
            RangeAggregation leaf,
            long startMs,
            long endMs,
            long stepMs,
            String name,
            MetricAppender into) {
        read(tenant, leaf, startMs, endMs);
        if (leaf.op() == RangeAggregation.Op.ABSENT_OVER_TIME) {
            absent(tenant, leaf, startMs, endMs, stepMs, name, into);
            return;
        }
        points.forEach((labels, of) -> {
            SampleBatch batch = new SampleBatch(tenant, 64);
            var series = into.series(tenant, labels.with(Labels.NAME, name));
            for (long t = startMs; t <= endMs; t += stepMs) {
                long toNs = (t - leaf.offsetMs()) * LogEntry.NS_PER_MS;
                Points.Window window = of.window(toNs - leaf.rangeMs() * LogEntry.NS_PER_MS, toNs);
                if (window.size() > 0) {
                    batch.add(series, t, window.value(leaf));
                }
            }
            into.append(batch);
        });
    }

    private void read(Tenant tenant, RangeAggregation leaf, long startMs, long endMs) {
        LogQuery query = leaf.query();
        long fromNs = (startMs - leaf.offsetMs() - leaf.rangeMs()) * LogEntry.NS_PER_MS + 1;
        long toNs = (endMs - leaf.offsetMs()) * LogEntry.NS_PER_MS + 1;
        LogSelection selection =
                new LogSelection(
                        query.matchers(),
                        query.pushable(),
                        fromNs,
                        toNs,
                        false,
                        limits.linesReadMax());
        store.select(
                tenant,
                selection,
                entry -> {
                    check();
                    LogLine line = LogqlEngine.process(query, entry);
                    if (line != null) {
                        take(leaf, line);
                    }
                    return true;
                });
    }

    private void check() {
        linesRead++;
        if (linesRead >= limits.linesReadMax()) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query reads more than " + limits.linesReadMax() + " lines.",
                            "Shorten the range or narrow the selector."));
        }
        if (linesRead % CHECK_EVERY_LINES == 0) {
            if (context.cancelled()) {
                throw new FaultException(
                        Fault.caller(
                                "query_canceled", "The query was canceled.", "Send it again."));
            }
            if (clock.nanoTime() - deadlineNs > 0) {
                throw new FaultException(
                        Fault.caller(
                                "query_timeout",
                                "The query took longer than "
                                        + context.limits().timeoutMs()
                                        + " ms.",
                                "Shorten the range or narrow the selector."));
            }
        }
    }

    private void take(RangeAggregation leaf, LogLine line) {
        double value;
        Unwrap unwrap = leaf.unwrap();
        if (unwrap == null) {
            value =
                    switch (leaf.op()) {
                        case BYTES_OVER_TIME, BYTES_RATE ->
                                line.text().getBytes(StandardCharsets.UTF_8).length;
                        default -> 1;
                    };
        } else {
            Double unwrapped = unwrapped(unwrap, line);
            if (unwrapped == null) {
                return;
            }
            value = unwrapped;
        }
        if (line.has(LogLine.ERROR)) {
            throw new FaultException(
                    Fault.caller(
                            "logql_pipeline",
                            "A line failed in the pipeline: "
                                    + line.get(LogLine.ERROR)
                                    + " ("
                                    + line.get(LogLine.ERROR_DETAILS)
                                    + ").",
                            "Drop such lines with | __error__=\"\" before the range."));
        }
        Labels labels = grouped(leaf.grouping(), line.labels());
        Points of = points.computeIfAbsent(labels, _ -> new Points());
        if (points.size() > limits.seriesMax()) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query gives more than " + limits.seriesMax() + " series.",
                            "Keep fewer labels: add | keep or sum by (...)."));
        }
        of.add(line.timestampNs(), value);
    }

    /// The value of the unwrapped label, or null if the line has none or a filter drops it.
    private static @Nullable Double unwrapped(Unwrap unwrap, LogLine line) {
        if (!line.has(unwrap.label())) {
            return null;
        }
        OptionalDouble value = unwrap.unit().parse(line.get(unwrap.label()));
        if (value.isEmpty()) {
            line.fail("SampleExtractionErr", "label " + unwrap.label() + " holds no value");
        }
        for (var filter : unwrap.filters()) {
            if (!filter.process(line)) {
                return null;
            }
        }
        line.remove(unwrap.label());
        return value.orElse(0);
    }

    private static Labels grouped(@Nullable Grouping grouping, Labels labels) {
        if (grouping == null) {
            return labels;
        }
        return grouping.without() ? labels.drop(grouping.labels()) : labels.keep(grouping.labels());
    }

    /// One series with value 1 wherever no line at all lies in the window; its labels are those of
    /// `=` matchers.
    private void absent(
            Tenant tenant,
            RangeAggregation leaf,
            long startMs,
            long endMs,
            long stepMs,
            String name,
            MetricAppender into) {
        Labels.Builder labels = new Labels.Builder().set(Labels.NAME, name);
        for (Matcher matcher : leaf.query().matchers()) {
            if (matcher.op() == Matcher.Op.EQUAL) {
                labels.set(matcher.name(), matcher.value());
            }
        }
        SampleBatch batch = new SampleBatch(tenant, 64);
        var series = into.series(tenant, labels.build());
        for (long t = startMs; t <= endMs; t += stepMs) {
            long toNs = (t - leaf.offsetMs()) * LogEntry.NS_PER_MS;
            long fromNs = toNs - leaf.rangeMs() * LogEntry.NS_PER_MS;
            if (points.values().stream().allMatch(p -> p.window(fromNs, toNs).size() == 0)) {
                batch.add(series, t, 1);
            }
        }
        into.append(batch);
    }
}
