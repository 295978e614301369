package io.framewatch.server.http.jaeger;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.query.logql.stage.Quantity;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.JsonOut;
import io.framewatch.server.http.prometheus.ApiRequest;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.TraceStore;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Jaeger's query interface, as its own page and Grafana's data source use it. Thread safe.
public final class JaegerApi implements Endpoints {

    private static final String ROOT = "/jaeger/api/";
    private static final int TRACES_DEFAULT = 20;
    private static final int TRACES_MAX = 1500;
    private static final int NOT_FOUND = 404;
    private static final long NS_PER_US = 1000;
    private static final Duration RANGE_DEFAULT = Duration.ofHours(1);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TraceStore store;
    private final QueryGuard guard;
    private final Clock clock;

    /// @param store where the spans are
    /// @param guard over all queries
    public JaegerApi(TraceStore store, QueryGuard guard, Clock clock) {
        this.store = store;
        this.guard = guard;
        this.clock = clock;
    }

    /// Answers one request.
    @FunctionalInterface
    private interface Call {
        JsonOut answer(Tenant tenant, ApiRequest request, ServerRequest raw);
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get(ROOT + "traces/{id}", this::byId);
        rules.get(ROOT + "traces", handler((tenant, request, _) -> search(tenant, request)));
        rules.get(ROOT + "services", handler((tenant, _, _) -> names(store.services(tenant))));
        rules.get(
                ROOT + "services/{service}/operations",
                handler((tenant, _, raw) ->
                        names(
                                store
                                        .operations(
                                                tenant, raw.path().pathParameters().get("service"))
                                        .stream()
                                        .map(TraceStore.Operation::name)
                                        .distinct()
                                        .toList())));
        rules.get(
                ROOT + "operations", handler((tenant, request, _) -> operations(tenant, request)));
    }

    private static Handler handler(Call call) {
        return (req, res) -> {
            try {
                JsonOut json = call.answer(Caller.of(req).tenant(), ApiRequest.of(req), req);
                Answers.json(req, res, json.toBytes());
            } catch (FaultException e) {
                int status = HttpStatuses.of(e.fault());
                res.status(status);
                Answers.json(res, JaegerJson.error(status, e.fault().what()));
            }
        };
    }

    private void byId(ServerRequest req, ServerResponse res) {
        String id = req.path().pathParameters().get("id").toLowerCase(Locale.ROOT);
        boolean valid = id.matches("[0-9a-f]{1,32}");
        List<Span> trace = valid ? trace(Caller.of(req).tenant(), id) : List.of();
        if (trace.isEmpty()) {
            res.status(NOT_FOUND);
            Answers.json(res, JaegerJson.error(NOT_FOUND, "trace not found"));
            return;
        }
        Answers.json(req, res, JaegerJson.traces(List.of(trace)).toBytes());
    }

    private List<Span> trace(Tenant tenant, String id) {
        try (QueryGuard.Turn _ = guard.enter(tenant)) {
            return store.trace(tenant, "0".repeat(32 - id.length()) + id);
        }
    }

    private JsonOut search(Tenant tenant, ApiRequest request) {
        long nowUs = clock.nowMs() * LogEntry.NS_PER_MS / NS_PER_US;
        long toUs = number(request, "end", nowUs);
        long fromUs = number(request, "start", toUs - RANGE_DEFAULT.toNanos() / NS_PER_US);
        int limit = Math.clamp(number(request, "limit", TRACES_DEFAULT), 1, TRACES_MAX);
        TraceSelection selection =
                new TraceSelection(
                        request.text("service"),
                        request.text("operation"),
                        attributes(request),
                        fromUs * NS_PER_US,
                        toUs * NS_PER_US,
                        durationNs(request, "minDuration", 0),
                        durationNs(request, "maxDuration", Long.MAX_VALUE),
                        limit);
        try (QueryGuard.Turn _ = guard.enter(tenant)) {
            return JaegerJson.traces(store.search(tenant, selection));
        }
    }

    private static long number(ApiRequest request, String name, long otherwise) {
        String text = request.text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw ApiRequest.bad(
                    "unable to parse param '" + name + "': \"" + text + "\" is no number");
        }
        return Long.parseLong(text);
    }

    private static long durationNs(ApiRequest request, String name, long otherwiseNs) {
        String text = request.text(name);
        if (text.isEmpty()) {
            return otherwiseNs;
        }
        double seconds =
                Quantity.DURATION
                        .parse(text)
                        .orElseThrow(() ->
                                ApiRequest.bad(
                                        "unable to parse param '"
                                                + name
                                                + "': \""
                                                + text
                                                + "\" is no duration"));
        return Math.round(seconds * 1e9);
    }

    /// Attributes from `tag=key:value` and from `tags={"key":"value"}`.
    private static Map<String, String> attributes(ApiRequest request) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String tag : request.all("tag")) {
            int colon = tag.indexOf(':');
            if (colon < 1) {
                throw ApiRequest.bad(
                        "malformed 'tag' parameter, expecting key:value, received: " + tag);
            }
            attributes.put(tag.substring(0, colon), tag.substring(colon + 1));
        }
        for (String tags : request.all("tags")) {
            try {
                for (Map.Entry<String, JsonNode> tag : MAPPER.readTree(tags).properties()) {
                    attributes.put(tag.getKey(), tag.getValue().asString());
                }
            } catch (JacksonException e) {
                throw ApiRequest.bad("malformed 'tags' parameter, cannot unmarshal JSON");
            }
        }
        return attributes;
    }

    private static JsonOut names(List<String> names) {
        JsonOut out = new JsonOut();
        out.raw("{\"data\":[");
        for (int i = 0; i < names.size(); i++) {
            out.raw(i == 0 ? "" : ",").text(names.get(i));
        }
        out.raw("],\"total\":").number(names.size());
        return out.raw(",\"limit\":0,\"offset\":0,\"errors\":null}");
    }

    private JsonOut operations(Tenant tenant, ApiRequest request) {
        String kind = request.text("spanKind");
        List<TraceStore.Operation> operations =
                store.operations(tenant, request.text("service")).stream()
                        .filter(o -> kind.isEmpty() || o.kind().name().equalsIgnoreCase(kind))
                        .toList();
        JsonOut out = new JsonOut();
        out.raw("{\"data\":[");
        for (int i = 0; i < operations.size(); i++) {
            out.raw(i == 0 ? "{\"name\":" : ",{\"name\":").text(operations.get(i).name());
            out.raw(",\"spanKind\":");
            out.text(operations.get(i).kind().name().toLowerCase(Locale.ROOT)).raw('}');
        }
        out.raw("],\"total\":").number(operations.size());
        return out.raw(",\"limit\":0,\"offset\":0,\"errors\":null}");
    }
}
