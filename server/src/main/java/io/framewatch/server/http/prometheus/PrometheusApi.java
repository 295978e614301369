package io.framewatch.server.http.prometheus;

import io.framewatch.ingest.scrape.ScrapeManager;
import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.query.promql.print.ExprJson;
import io.framewatch.query.promql.print.PrettyPrinter;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The paths under `/api/v1`. Thread safe.
public final class PrometheusApi implements Endpoints {

    private static final String ROOT = "/api/v1/";

    private final QueryCalls queries;
    private final SeriesCalls series;
    private final StatusCalls status;
    private final RuleCalls rules;
    private final TargetCalls targets;
    private final IndexReads index;

    /// @param scrapes what is scraped
    /// @param groups the rule groups of a tenant
    /// @param facts what the status pages say
    /// @param shared evaluations that many viewers share
    /// @param watch told of every query
    public PrometheusApi(
            MetricSelect select,
            PromqlEngine engine,
            Function<Tenant, QueryLimits> limits,
            ScrapeManager scrapes,
            Function<Tenant, List<RuleGroupStatus>> groups,
            ServerFacts facts,
            SharedResults<QueryResult> shared,
            QueryWatch watch,
            Clock clock) {
        Function<Tenant, SelectLimits> selectLimits =
                limits.andThen(own -> new SelectLimits(own.seriesMax(), own.samplesMax()));
        this.queries = new QueryCalls(engine, limits, shared, watch, clock);
        this.series = new SeriesCalls(select, selectLimits, clock);
        this.targets = new TargetCalls(scrapes, select, clock);
        this.rules = new RuleCalls(groups);
        this.status = new StatusCalls(select, facts, clock);
        this.index = new IndexReads(select::activeSeries);
    }

    /// What only the assembled program knows.
    ///
    /// @param version this program's version
    /// @param startedAtMs when it started, Unix milliseconds
    /// @param folder its data folder
    /// @param retentionMs how long samples are kept, milliseconds
    /// @param seriesPerTenantMax most active series of one tenant
    /// @param seriesPerMetricMax most active series of one metric of a tenant
    /// @param flags settings by name, without secrets
    /// @param config the Prometheus configuration's text with secrets masked, empty without one
    /// @param reload how the configuration was read last
    public record ServerFacts(
            String version,
            long startedAtMs,
            String folder,
            long retentionMs,
            int seriesPerTenantMax,
            int seriesPerMetricMax,
            Map<String, String> flags,
            Supplier<String> config,
            Supplier<Reload> reload) {}

    /// How the configuration was read last.
    ///
    /// @param succeeded whether the last try did
    /// @param lastGoodMs when one last did, Unix milliseconds
    public record Reload(boolean succeeded, long lastGoodMs) {}

    @Override
    public void addTo(HttpRules paths) {
        both(
                paths,
                "query",
                (tenant, request, raw) -> queries.instant(tenant, request, fresh(request, raw)));
        both(
                paths,
                "query_range",
                (tenant, request, raw) -> queries.range(tenant, request, fresh(request, raw)));
        both(paths, "series", index.of((tenant, request, _) -> series.series(tenant, request)));
        both(paths, "labels", index.of((tenant, request, _) -> series.labelNames(tenant, request)));
        both(paths, "query_exemplars", (tenant, request, _) -> series.exemplars(tenant, request));
        both(paths, "format_query", (_, request, _) -> format(request));
        both(paths, "parse_query", (_, request, _) -> parse(request));
        get(paths, "metadata", (tenant, request, _) -> series.metadata(tenant, request));
        get(
                paths,
                "label/{name}/values",
                index.of((tenant, request, raw) ->
                        series.labelValues(
                                tenant, raw.path().pathParameters().get("name"), request)));
        get(paths, "status/buildinfo", (_, _, _) -> status.buildInfo());
        get(paths, "status/flags", (_, _, _) -> status.flags());
        get(paths, "status/config", (_, _, _) -> status.config());
        get(paths, "status/runtimeinfo", (_, _, _) -> status.runtimeInfo());
        get(paths, "status/walreplay", (_, _, _) -> status.walReplay());
        get(
                paths,
                "status/tsdb",
                index.of((tenant, request, _) -> status.tsdb(tenant, request.limit())));
        get(
                paths,
                "status/cardinality",
                index.of((tenant, request, _) -> status.cardinality(tenant, request)));
        get(paths, "rules", (tenant, request, _) -> rules.rules(tenant, request));
        get(paths, "targets", (tenant, request, _) -> targets.targets(tenant, request));
        get(paths, "targets/metadata", (tenant, request, _) -> targets.metadata(tenant, request));
        get(paths, "alertmanagers", (_, _, _) -> TargetCalls.alertmanagers());
        get(paths, "scrape_pools", (tenant, _, _) -> targets.scrapePools(tenant));
        get(paths, "alerts", (tenant, _, _) -> rules.alerts(tenant));
    }

    /// Whether the caller wants no answer made for somebody else: `Cache-Control: no-cache` or
    /// `nocache=1`.
    private static boolean fresh(ApiRequest request, ServerRequest raw) {
        String wish = raw.headers().first(HeaderNames.CACHE_CONTROL).orElse("");
        String parameter = request.text("nocache");
        return wish.contains("no-cache")
                || wish.contains("no-store")
                || parameter.equals("1")
                || parameter.equals("true");
    }

    private static ApiAnswer format(ApiRequest request) {
        String text = PrettyPrinter.print(PromqlParser.parse(request.text("query")));
        return ApiAnswer.of(out -> out.text(text));
    }

    private static ApiAnswer parse(ApiRequest request) {
        Map<String, @Nullable Object> tree =
                ExprJson.describe(PromqlParser.parse(request.text("query")));
        String json = JsonMapper.shared().writeValueAsString(tree);
        return ApiAnswer.of(out -> out.json(json));
    }

    private static void get(HttpRules rules, String path, ApiHandler.Call call) {
        rules.get(ROOT + path, new ApiHandler(call));
    }

    private static void both(HttpRules rules, String path, ApiHandler.Call call) {
        rules.get(ROOT + path, new ApiHandler(call));
        rules.post(ROOT + path, new ApiHandler(call));
    }
}
