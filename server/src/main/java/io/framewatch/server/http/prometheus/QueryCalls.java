package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.ScalarValue;
import io.framewatch.query.promql.StringValue;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.server.telemetry.QueryWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `query` and `query_range`.
final class QueryCalls {

    private final PromqlEngine engine;
    private final Function<Tenant, QueryLimits> limits;
    private final SharedResults<QueryResult> shared;
    private final QueryWatch watch;
    private final Clock clock;

    QueryCalls(
            PromqlEngine engine,
            Function<Tenant, QueryLimits> limits,
            SharedResults<QueryResult> shared,
            QueryWatch watch,
            Clock clock) {
        this.engine = engine;
        this.limits = limits;
        this.shared = shared;
        this.watch = watch;
        this.clock = clock;
    }

    /// @param fresh whether only an evaluation of its own will do
    ApiAnswer instant(Tenant tenant, ApiRequest request, boolean fresh) {
        long timeMs = request.timeMs("time", clock.nowMs());
        int limit = request.limit();
        QueryContext context = context(tenant, request);
        String query = request.text("query");
        SharedResults.Question question = question(tenant, request, timeMs, timeMs, 0);
        QueryResult result =
                shared.answer(
                        question,
                        fresh,
                        () ->
                                watch.watch(
                                        tenant,
                                        "promql",
                                        query,
                                        0,
                                        () -> engine.instant(tenant, query, timeMs, context)));
        return answer(result, request, limit);
    }

    /// @param fresh whether only an evaluation of its own will do
    ApiAnswer range(Tenant tenant, ApiRequest request, boolean fresh) {
        long startMs = request.requiredTimeMs("start");
        long endMs = request.requiredTimeMs("end");
        if (endMs < startMs) {
            throw ApiRequest.bad(
                    "invalid parameter \"end\": end timestamp must not be before start time");
        }
        long stepMs = request.requiredDurationMs("step");
        if (stepMs <= 0) {
            throw ApiRequest.bad(
                    "invalid parameter \"step\": zero or negative query resolution step widths are"
                            + " not accepted. Try a positive integer");
        }
        int stepsMax = limits.apply(tenant).stepsMax();
        if ((endMs - startMs) / stepMs > stepsMax) {
            throw ApiRequest.bad(
                    "exceeded maximum resolution of "
                            + String.format(java.util.Locale.ROOT, "%,d", stepsMax)
                            + " points per timeseries. Try decreasing the query resolution"
                            + " (?step=XX)");
        }
        int limit = request.limit();
        QueryContext context = context(tenant, request);
        String query = request.text("query");
        QueryResult result =
                shared.answer(
                        question(tenant, request, startMs, endMs, stepMs),
                        fresh,
                        () ->
                                watch.watch(
                                        tenant,
                                        "promql",
                                        query,
                                        endMs - startMs,
                                        () ->
                                                engine.range(
                                                        tenant, query, startMs, endMs, stepMs,
                                                        context)));
        return answer(result, request, limit);
    }

    private SharedResults.Question question(
            Tenant tenant, ApiRequest request, long startMs, long endMs, long stepMs) {
        long mostMs = limits.apply(tenant).timeoutMs();
        long timeoutMs = Math.min(request.durationMs("timeout", mostMs), mostMs);
        return new SharedResults.Question(
                tenant,
                request.text("query"),
                startMs,
                endMs,
                stepMs,
                Math.max(timeoutMs, 1),
                request.durationMs("lookback_delta", 0),
                wantsStats(request));
    }

    private static boolean wantsStats(ApiRequest request) {
        return !request.text("stats").isEmpty();
    }

    private QueryContext context(Tenant tenant, ApiRequest request) {
        QueryLimits own = limits.apply(tenant);
        QueryContext context = QueryContext.of(own);
        if (wantsStats(request)) {
            context = context.withStepCounts();
        }
        long timeoutMs = request.durationMs("timeout", own.timeoutMs());
        if (timeoutMs < own.timeoutMs()) {
            context = context.withTimeout(Duration.ofMillis(Math.max(timeoutMs, 1)));
        }
        long lookbackMs = request.durationMs("lookback_delta", 0);
        return lookbackMs > 0 ? context.withLookback(Duration.ofMillis(lookbackMs)) : context;
    }

    private static ApiAnswer answer(QueryResult result, ApiRequest request, int limit) {
        Value value = cut(result.value(), limit);
        List<String> warnings = new ArrayList<>(result.warnings());
        if (limit > 0 && size(result.value()) > limit) {
            warnings.add("results truncated due to limit");
        }
        boolean stats = wantsStats(request);
        boolean perStep = request.text("stats").equals("all");
        return new ApiAnswer(
                out -> {
                    out.raw('{');
                    ResultJson.value(out, value);
                    if (stats) {
                        StatsJson.write(out, result.stats(), perStep);
                    }
                    out.raw('}');
                },
                warnings,
                result.infos());
    }

    private static Value cut(Value value, int limit) {
        return switch (value) {
            case VectorValue vector when limit > 0 && vector.samples().size() > limit ->
                    new VectorValue(vector.samples().subList(0, limit));
            case MatrixValue matrix when limit > 0 && matrix.series().size() > limit ->
                    new MatrixValue(matrix.series().subList(0, limit));
            case VectorValue _, MatrixValue _, ScalarValue _, StringValue _ -> value;
        };
    }

    private static int size(Value value) {
        return switch (value) {
            case VectorValue vector -> vector.samples().size();
            case MatrixValue matrix -> matrix.series().size();
            case ScalarValue _, StringValue _ -> 1;
        };
    }
}
