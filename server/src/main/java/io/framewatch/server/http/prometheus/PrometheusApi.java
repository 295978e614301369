package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.query.promql.PromqlEngine;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.query.promql.print.ExprPrinter;
import io.framewatch.server.http.Endpoints;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.helidon.webserver.http.HttpRules;
import java.util.Map;
import java.util.function.Supplier;

/// The paths under `/api/v1`. Thread safe.
public final class PrometheusApi implements Endpoints {

    private static final String ROOT = "/api/v1/";

    private final QueryCalls queries;
    private final SeriesCalls series;
    private final StatusCalls status;

    /// @param facts what the status pages say
    public PrometheusApi(
            MetricSelect select,
            PromqlEngine engine,
            QueryLimits limits,
            ServerFacts facts,
            Clock clock) {
        SelectLimits selectLimits = new SelectLimits(limits.seriesMax(), limits.samplesMax());
        this.queries = new QueryCalls(engine, limits, clock);
        this.series = new SeriesCalls(select, selectLimits, clock);
        this.status = new StatusCalls(select, facts, clock);
    }

    /// What only the assembled program knows.
    ///
    /// @param version this program's version
    /// @param startedAtMs when it started, Unix milliseconds
    /// @param folder its data folder
    /// @param retentionMs how long samples are kept, milliseconds
    /// @param flags settings by name, without secrets
    /// @param config the Prometheus configuration's text with secrets masked, empty without one
    public record ServerFacts(
            String version,
            long startedAtMs,
            String folder,
            long retentionMs,
            Map<String, String> flags,
            Supplier<String> config) {}

    @Override
    public void addTo(HttpRules rules) {
        both(rules, "query", (tenant, request, _) -> queries.instant(tenant, request));
        both(rules, "query_range", (tenant, request, _) -> queries.range(tenant, request));
        both(rules, "series", (tenant, request, _) -> series.series(tenant, request));
        both(rules, "labels", (tenant, request, _) -> series.labelNames(tenant, request));
        both(rules, "query_exemplars", (tenant, request, _) -> series.exemplars(tenant, request));
        both(rules, "format_query", (_, request, _) -> format(request));
        get(rules, "metadata", (tenant, request, _) -> series.metadata(tenant, request));
        get(
                rules,
                "label/{name}/values",
                (tenant, request, raw) ->
                        series.labelValues(
                                tenant, raw.path().pathParameters().get("name"), request));
        get(rules, "status/buildinfo", (_, _, _) -> status.buildInfo());
        get(rules, "status/flags", (_, _, _) -> status.flags());
        get(rules, "status/config", (_, _, _) -> status.config());
        get(rules, "status/runtimeinfo", (tenant, _, _) -> status.runtimeInfo(tenant));
        get(rules, "status/walreplay", (_, _, _) -> status.walReplay());
        get(rules, "status/tsdb", (tenant, request, _) -> status.tsdb(tenant, request.limit()));
    }

    private static ApiAnswer format(ApiRequest request) {
        String text = ExprPrinter.print(PromqlParser.parse(request.text("query")));
        return ApiAnswer.of(out -> out.text(text));
    }

    private static void get(HttpRules rules, String path, ApiHandler.Call call) {
        rules.get(ROOT + path, new ApiHandler(call));
    }

    private static void both(HttpRules rules, String path, ApiHandler.Call call) {
        rules.get(ROOT + path, new ApiHandler(call));
        rules.post(ROOT + path, new ApiHandler(call));
    }
}
