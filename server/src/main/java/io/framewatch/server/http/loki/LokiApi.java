package io.framewatch.server.http.loki;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.LogqlEngine;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.JsonOut;
import io.framewatch.server.http.prometheus.ApiRequest;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.store.LogStore;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.Function;

/// The asking side of Loki's interface. Faults are answered as plain text, as Loki does. Thread
/// safe.
public final class LokiApi implements Endpoints {

    private static final String ROOT = "/loki/api/v1/";

    private final LokiQueries queries;

    /// @param store where the lines are
    /// @param engine what runs LogQL over them
    /// @param watch told of every query
    public LokiApi(
            LogStore store,
            LogqlEngine engine,
            Function<Tenant, QueryLimits> limits,
            QueryWatch watch,
            Clock clock) {
        this.queries = new LokiQueries(store, engine, limits, watch, clock);
    }

    /// Answers one request.
    @FunctionalInterface
    private interface Call {
        JsonOut answer(Tenant tenant, ApiRequest request, ServerRequest raw);
    }

    @Override
    public void addTo(HttpRules rules) {
        both(rules, "query", (tenant, request, _) -> queries.instant(tenant, request));
        both(rules, "query_range", (tenant, request, _) -> queries.range(tenant, request));
        both(rules, "labels", (tenant, request, _) -> queries.labelNames(tenant, request));
        both(rules, "label", (tenant, request, _) -> queries.labelNames(tenant, request));
        both(
                rules,
                "label/{name}/values",
                (tenant, request, raw) ->
                        queries.labelValues(
                                tenant, raw.path().pathParameters().get("name"), request));
        both(rules, "series", (tenant, request, _) -> queries.series(tenant, request));
    }

    private static void both(HttpRules rules, String path, Call call) {
        rules.get(ROOT + path, handler(call));
        rules.post(ROOT + path, handler(call));
    }

    private static Handler handler(Call call) {
        return (req, res) -> {
            try {
                JsonOut json = call.answer(Caller.of(req).tenant(), ApiRequest.of(req), req);
                Answers.json(req, res, json.toBytes());
            } catch (FaultException e) {
                Fault fault = e.fault();
                res.status(HttpStatuses.of(fault));
                res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
                res.send(fault.what());
            }
        };
    }
}
