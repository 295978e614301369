package io.framewatch.server.http.status;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.server.telemetry.QueryWatch;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `GET /api/status`: how this server is doing, for the page Status. It asks the store for nothing
/// but what it has in memory, so that it answers when the store is what is wrong. Thread safe.
public final class StatusEndpoint implements Endpoints {

    /// Metrics of pictures and histograms are many, and no part of the server's own state.
    private static final List<String> LEFT_OUT =
            List.of("framewatch_stage_", "framewatch_stream_", "framewatch_delivery_", "ffmpeg_");

    private final Facts facts;
    private final Meters meters;
    private final QueryWatch queries;
    private final Clock clock;

    /// What does not change while the server runs, and what only the assembled program knows.
    ///
    /// @param version this program's version
    /// @param mode what runs: `serve`, `watch` or `demo`
    /// @param startedAtMs when it started, Unix milliseconds
    /// @param folder its data folder
    /// @param store `embedded`, `clickhouse` or `memory`
    /// @param hotDays days until data moves to the cold volume, 0 for never
    /// @param days days until data is deleted, 0 for never
    /// @param limits what it may use
    /// @param tenants active series of each tenant that has data
    public record Facts(
            String version,
            String mode,
            long startedAtMs,
            String folder,
            String store,
            int hotDays,
            int days,
            List<Limit> limits,
            Supplier<Map<Tenant, Integer>> tenants) {}

    /// A limit and where to see how much of it is used.
    ///
    /// @param key of the configuration
    /// @param max the limit
    /// @param unit `bytes`, `ms` or `count`
    /// @param metric own metric that says how much is used, empty where none does
    public record Limit(String key, long max, String unit, String metric) {}

    public StatusEndpoint(Facts facts, Meters meters, QueryWatch queries, Clock clock) {
        this.facts = facts;
        this.meters = meters;
        this.queries = queries;
        this.clock = clock;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/status", this::status);
    }

    private void status(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req);
        JsonOut out = new JsonOut();
        out.raw("{\"version\":").text(facts.version());
        out.raw(",\"java\":").text(Runtime.version().toString());
        out.raw(",\"mode\":").text(facts.mode());
        out.raw(",\"folder\":").text(caller.role().administers() ? facts.folder() : "");
        out.raw(",\"startedAtMs\":").number(facts.startedAtMs());
        out.raw(",\"nowMs\":").number(clock.nowMs());
        out.raw(",\"store\":").text(facts.store());
        out.raw(",\"hotDays\":").number(facts.hotDays());
        out.raw(",\"days\":").number(facts.days());
        limits(out.raw(",\"limits\":"));
        tenants(out.raw(",\"tenants\":"), caller);
        queries(out, caller);
        metrics(out.raw(",\"metrics\":"));
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(req, res, out.raw('}').toBytes());
    }

    private void limits(JsonOut out) {
        String comma = "[";
        for (Limit limit : facts.limits()) {
            out.raw(comma).raw("{\"key\":").text(limit.key());
            out.raw(",\"max\":").number(limit.max());
            out.raw(",\"unit\":").text(limit.unit());
            out.raw(",\"metric\":").text(limit.metric()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    /// Others' names and sizes are an admin's business only.
    private void tenants(JsonOut out, Caller caller) {
        out.raw('[');
        String comma = "";
        for (Map.Entry<Tenant, Integer> tenant : facts.tenants().get().entrySet()) {
            if (!sees(caller, tenant.getKey())) {
                continue;
            }
            out.raw(comma).raw("{\"tenant\":").text(tenant.getKey().id());
            out.raw(",\"series\":").number(tenant.getValue()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    /// Others' questions are an admin's business only.
    private void queries(JsonOut out, Caller caller) {
        out.raw(",\"slowMs\":").number(QueryWatch.SLOW_MS).raw(",\"running\":[");
        String comma = "";
        for (QueryWatch.Query query : queries.running()) {
            if (sees(caller, query.tenant())) {
                query(out.raw(comma).raw('{'), query);
                out.raw('}');
                comma = ",";
            }
        }
        out.raw("],\"slow\":[");
        comma = "";
        for (QueryWatch.Slow slow : queries.slow()) {
            if (sees(caller, slow.query().tenant())) {
                query(out.raw(comma).raw('{'), slow.query());
                out.raw(",\"tookMs\":").number(slow.tookMs());
                out.raw(",\"failure\":").text(slow.failure()).raw('}');
                comma = ",";
            }
        }
        out.raw(']');
    }

    private static boolean sees(Caller caller, Tenant tenant) {
        return caller.role().administers() || caller.tenant().equals(tenant);
    }

    private static void query(JsonOut out, QueryWatch.Query query) {
        out.raw("\"tenant\":").text(query.tenant().id());
        out.raw(",\"language\":").text(query.language());
        out.raw(",\"text\":").text(query.text());
        out.raw(",\"spanMs\":").number(query.spanMs());
        out.raw(",\"startedMs\":").number(query.startedMs());
    }

    private record Sample(Labels labels, double value) {}

    private void metrics(JsonOut out) {
        Map<String, List<Sample>> byName = new LinkedHashMap<>();
        meters.collect(
                new Meters.Sink() {
                    @Override
                    public void family(MetricMetadata family) {
                        // what a metric means stands in the documentation
                    }

                    @Override
                    public void sample(String name, Labels labels, double value) {
                        boolean wanted =
                                !name.endsWith("_bucket")
                                        && LEFT_OUT.stream().noneMatch(name::startsWith);
                        if (wanted && Double.isFinite(value)) {
                            byName.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(new Sample(labels, value));
                        }
                    }
                });
        out.raw('{');
        String comma = "";
        for (Map.Entry<String, List<Sample>> metric : byName.entrySet()) {
            out.raw(comma).text(metric.getKey()).raw(":[");
            String between = "";
            for (Sample sample : metric.getValue()) {
                labels(out.raw(between).raw("{\"labels\":"), sample.labels());
                out.raw(",\"value\":").floatText(sample.value()).raw('}');
                between = ",";
            }
            out.raw(']');
            comma = ",";
        }
        out.raw('}');
    }

    private static void labels(JsonOut out, Labels labels) {
        out.raw('{');
        for (int i = 0; i < labels.size(); i++) {
            out.raw(i == 0 ? "" : ",").text(labels.nameAt(i)).raw(':').text(labels.valueAt(i));
        }
        out.raw('}');
    }
}
