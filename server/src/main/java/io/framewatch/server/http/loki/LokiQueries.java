package io.framewatch.server.http.loki;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.LogqlEngine;
import io.framewatch.query.logql.LogqlExpr;
import io.framewatch.query.logql.LogqlParser;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.http.JsonOut;
import io.framewatch.server.http.prometheus.ApiRequest;
import io.framewatch.server.http.prometheus.ResultJson;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.store.LogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What Loki's clients ask. Thread safe.
final class LokiQueries {

    private static final int LINES_DEFAULT = 100;
    private static final int STEPS_WANTED = 250;
    private static final Duration RANGE_DEFAULT = Duration.ofHours(1);
    private static final Duration LABELS_RANGE_DEFAULT = Duration.ofHours(6);

    private final LogStore store;
    private final LogqlEngine engine;
    private final Function<Tenant, QueryLimits> limits;
    private final QueryWatch watch;
    private final Clock clock;

    LokiQueries(
            LogStore store,
            LogqlEngine engine,
            Function<Tenant, QueryLimits> limits,
            QueryWatch watch,
            Clock clock) {
        this.store = store;
        this.engine = engine;
        this.limits = limits;
        this.watch = watch;
        this.clock = clock;
    }

    private long nowNs() {
        return clock.nowMs() * LogEntry.NS_PER_MS;
    }

    private long startNs(ApiRequest request, long endNs, Duration otherwise) {
        return LokiTimes.timeNs(request, "start", endNs - otherwise.toNanos());
    }

    JsonOut range(Tenant tenant, ApiRequest request) {
        String query = request.text("query");
        LogqlExpr expr = LogqlParser.parse(query);
        long endNs = LokiTimes.timeNs(request, "end", nowNs());
        long startNs = startNs(request, endNs, RANGE_DEFAULT);
        if (endNs < startNs) {
            throw ApiRequest.bad("end timestamp must not be before or equal to start time");
        }
        long spanMs = (endNs - startNs) / LogEntry.NS_PER_MS;
        return watch.watch(
                tenant, "logql", query, spanMs, () -> range(tenant, expr, request, startNs, endNs));
    }

    private JsonOut range(
            Tenant tenant, LogqlExpr expr, ApiRequest request, long startNs, long endNs) {
        return switch (expr) {
            case LogqlExpr.Lines lines -> {
                boolean newestFirst = !request.text("direction").equalsIgnoreCase("forward");
                int limit = request.limit() == 0 ? LINES_DEFAULT : request.limit();
                yield LokiJson.streams(
                        engine.lines(
                                tenant,
                                lines.query(),
                                startNs,
                                endNs,
                                newestFirst,
                                limit,
                                context(tenant)));
            }
            case LogqlExpr.Numbers numbers -> {
                long startMs = Math.floorDiv(startNs, LogEntry.NS_PER_MS);
                long endMs = Math.floorDiv(endNs, LogEntry.NS_PER_MS);
                long stepMs = request.durationMs("step", defaultStepMs(startMs, endMs));
                yield LokiJson.value(
                        engine.range(
                                        tenant,
                                        numbers.query(),
                                        startMs,
                                        endMs,
                                        stepMs,
                                        context(tenant))
                                .value());
            }
        };
    }

    private static long defaultStepMs(long startMs, long endMs) {
        return Math.max(1000, (endMs - startMs) / STEPS_WANTED / 1000 * 1000);
    }

    private QueryContext context(Tenant tenant) {
        return QueryContext.of(limits.apply(tenant));
    }

    JsonOut instant(Tenant tenant, ApiRequest request) {
        long timeNs = LokiTimes.timeNs(request, "time", nowNs());
        String query = request.text("query");
        LogqlExpr expr = LogqlParser.parse(query);
        return watch.watch(tenant, "logql", query, 0, () -> instant(tenant, expr, timeNs));
    }

    private JsonOut instant(Tenant tenant, LogqlExpr expr, long timeNs) {
        return switch (expr) {
            case LogqlExpr.Lines _ ->
                    throw ApiRequest.bad(
                            "log queries are not supported as an instant query type,"
                                    + " please change your query to a range query type");
            case LogqlExpr.Numbers numbers ->
                    LokiJson.value(
                            engine.instant(
                                            tenant,
                                            numbers.query(),
                                            Math.floorDiv(timeNs, LogEntry.NS_PER_MS),
                                            context(tenant))
                                    .value());
        };
    }

    JsonOut labelNames(Tenant tenant, ApiRequest request) {
        Set<String> names = new TreeSet<>(Labels::compareCodePoints);
        for (Labels stream : streams(tenant, request, matchers(request.text("query")))) {
            stream.forEach((name, _) -> names.add(name));
        }
        return LokiJson.texts(List.copyOf(names));
    }

    JsonOut labelValues(Tenant tenant, String name, ApiRequest request) {
        Set<String> values = new TreeSet<>(Labels::compareCodePoints);
        for (Labels stream : streams(tenant, request, matchers(request.text("query")))) {
            if (stream.has(name)) {
                values.add(stream.get(name));
            }
        }
        return LokiJson.texts(List.copyOf(values));
    }

    JsonOut series(Tenant tenant, ApiRequest request) {
        Set<Labels> found = new TreeSet<>();
        List<String> selectors = new ArrayList<>(request.all("match[]"));
        selectors.addAll(request.all("match"));
        if (selectors.isEmpty()) {
            selectors.add("");
        }
        for (String selector : selectors) {
            found.addAll(streams(tenant, request, matchers(selector)));
        }
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":[");
        boolean first = true;
        for (Labels stream : found) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            ResultJson.labels(out, stream);
        }
        return out.raw("]}");
    }

    private List<Labels> streams(Tenant tenant, ApiRequest request, List<Matcher> matchers) {
        long endNs = LokiTimes.timeNs(request, "end", nowNs());
        return store.streams(
                tenant, matchers, startNs(request, endNs, LABELS_RANGE_DEFAULT), endNs + 1);
    }

    /// The matchers of `{...}`; none for the empty text and for `{}`.
    private static List<Matcher> matchers(String selector) {
        String text = selector.strip();
        if (text.isEmpty() || text.replaceAll("\\s", "").equals("{}")) {
            return List.of();
        }
        if (LogqlParser.parse(text) instanceof LogqlExpr.Lines lines) {
            return lines.query().matchers();
        }
        throw ApiRequest.bad("a stream selector such as {app=\"x\"} is wanted here");
    }
}
