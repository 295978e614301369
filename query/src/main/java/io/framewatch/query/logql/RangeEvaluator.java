package io.framewatch.query.logql;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.RangeAggregation.Grouping;
import io.framewatch.query.logql.RangeAggregation.Unwrap;
import io.framewatch.query.logql.stage.LogLine;
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

    private final LogStore store;
    private final LogqlLimits limits;
    private final LogqlRun run;
    private final Map<Labels, Points> points = new LinkedHashMap<>();
    private int linesRead;

    RangeEvaluator(LogStore store, LogqlLimits limits, LogqlRun run) {
        this.store = store;
        this.limits = limits;
        this.run = run;
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
        long before = run.held();
        read(tenant, leaf, startMs, endMs);
        long read = run.held() - before;
        if (leaf.op() == RangeAggregation.Op.ABSENT_OVER_TIME) {
            absent(tenant, leaf, startMs, endMs, stepMs, name, into);
        } else {
            points.forEach((labels, of) -> {
                SampleBatch batch = new SampleBatch(tenant, 64);
                Series series = into.series(tenant, labels.with(Labels.NAME, name));
                for (long t = startMs; t <= endMs; t += stepMs) {
                    long toNs = (t - leaf.offsetMs()) * LogEntry.NS_PER_MS;
                    long fromNs = toNs - leaf.rangeMs() * LogEntry.NS_PER_MS;
                    Points.Window window = of.window(fromNs, toNs);
                    run.did(window.cost(leaf.op()));
                    if (window.size() > 0) {
                        batch.add(series, t, window.value(leaf));
                    }
                }
                run.hold(batch.size());
                into.append(batch);
            });
        }
        run.release(read);
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
        run.did(1);
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
        Points of = points.get(labels);
        if (of == null) {
            of = new Points();
            points.put(labels, of);
            run.holdLabels(labels);
        }
        run.hold(1);
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
        Series series = into.series(tenant, labels.build());
        for (long t = startMs; t <= endMs; t += stepMs) {
            long toNs = (t - leaf.offsetMs()) * LogEntry.NS_PER_MS;
            long fromNs = toNs - leaf.rangeMs() * LogEntry.NS_PER_MS;
            run.did(points.size());
            if (points.values().stream().allMatch(p -> p.window(fromNs, toNs).size() == 0)) {
                batch.add(series, t, 1);
            }
        }
        into.append(batch);
    }
}
