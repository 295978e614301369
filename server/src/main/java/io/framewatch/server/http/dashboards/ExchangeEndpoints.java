package io.framewatch.server.http.dashboards;

import io.framewatch.model.Tenant;
import io.framewatch.server.dashboards.Board;
import io.framewatch.server.dashboards.BoardInfo;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.Dashboards;
import io.framewatch.server.dashboards.Exchange;
import io.framewatch.server.dashboards.Expected;
import io.framewatch.server.dashboards.Save;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /api/dashboards/import` and `GET /api/dashboards/{uid}/export`. Thread safe.
public final class ExchangeEndpoints implements Endpoints {

    private final Dashboards dashboards;
    private final Function<Tenant, List<Exchange.Source>> sources;

    /// @param sources the data sources a tenant has, the preferred ones first
    public ExchangeEndpoints(
            Dashboards dashboards, Function<Tenant, List<Exchange.Source>> sources) {
        this.dashboards = dashboards;
        this.sources = sources;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/api/dashboards/import", this::take);
        rules.get("/api/dashboards/{uid}/export", this::give);
    }

    private void take(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.EDITOR);
        TenantBoards boards = dashboards.of(caller.tenant());
        ObjectNode body = BoardRequest.body(req, dashboards.limits());
        boolean overwrite = body.path("overwrite").asBoolean(false);
        Map<String, String> inputs = inputs(body.path("inputs"));
        String folder = BoardRequest.text(body, "folder");
        String message = BoardRequest.textOr(body, "message", "imported");
        ObjectNode board =
                Exchange.imported(
                        BoardJson.unwrapped(body),
                        inputs,
                        sources.apply(caller.tenant()),
                        dashboards.limits().boardBytesMax());
        board.remove(List.of("inputs", "overwrite", "message", "folder"));
        String uid = BoardJson.uidOrNew(board);
        boolean isNew = boards.info(uid) == null;
        Expected expected = overwrite ? Expected.ANYTHING : BoardRequest.expected(req);
        BoardInfo info =
                boards.save(new Save(uid, board, folder, message, caller.user(), expected));
        ObjectNode out = BoardJson.object();
        out.set("meta", BoardAnswers.meta(info, caller, boards));
        BoardAnswers.saved(req, res, info, isNew, out);
    }

    /// Values by name: an object of texts, or Grafana's own list of `{"name","value"}`.
    static Map<String, String> inputs(JsonNode inputs) {
        Map<String, String> values = new HashMap<>();
        if (inputs.isArray()) {
            for (JsonNode input : inputs) {
                values.put(input.path("name").asString(""), input.path("value").asString(""));
            }
        } else {
            inputs.properties()
                    .forEach(each -> values.put(each.getKey(), each.getValue().asString("")));
        }
        return values;
    }

    private void give(ServerRequest req, ServerResponse res) {
        Tenant tenant = Caller.of(req).tenant();
        Board board = dashboards.of(tenant).get(BoardRequest.uid(req));
        boolean share = req.query().first("share").orElse("").equals("true");
        ObjectNode out =
                share ? Exchange.shared(board.json(), sources.apply(tenant)) : board.json();
        if (!share) {
            out.putNull("id");
        }
        String name = board.info().uid() + ".json";
        res.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        res.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        Answers.json(req, res, BoardJson.pretty(out));
    }
}
