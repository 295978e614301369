package io.framewatch.server.http.dashboards;

import io.framewatch.server.dashboards.BoardInfo;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.Dashboards;
import io.framewatch.server.dashboards.JsonDiff;
import io.framewatch.server.dashboards.Save;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The versions of a dashboard: told, compared, brought back. Thread safe.
public final class VersionEndpoints implements Endpoints {

    private final Dashboards dashboards;

    /// Serves the versions of `dashboards`.
    public VersionEndpoints(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/dashboards/{uid}/versions", this::versions);
        rules.get("/api/dashboards/{uid}/versions/{version}", this::version);
        rules.get("/api/dashboards/{uid}/diff", this::diff);
        rules.post("/api/dashboards/{uid}/restore", this::restore);
    }

    private TenantBoards boards(ServerRequest req) {
        return dashboards.of(Caller.of(req).tenant());
    }

    private void versions(ServerRequest req, ServerResponse res) {
        ObjectNode out = BoardJson.object();
        ArrayNode list = out.putArray("versions");
        boards(req)
                .versions(BoardRequest.uid(req))
                .forEach(each -> list.add(BoardAnswers.version(each)));
        BoardAnswers.send(req, res, out);
    }

    private void version(ServerRequest req, ServerResponse res) {
        String text = req.path().pathParameters().get("version");
        long number = BoardRequest.whole("version", text, 1, Long.MAX_VALUE);
        TenantBoards.Kept kept = boards(req).version(BoardRequest.uid(req), number);
        ObjectNode out = BoardJson.object();
        out.set("dashboard", kept.json());
        out.set("version", BoardAnswers.version(kept.version()));
        BoardAnswers.send(req, res, out);
    }

    private void diff(ServerRequest req, ServerResponse res) {
        TenantBoards boards = boards(req);
        String uid = BoardRequest.uid(req);
        long from = BoardRequest.whole(req, "from", -1, 1, Long.MAX_VALUE);
        if (from < 0) {
            throw BoardRequest.invalid("the parameter `from` is missing");
        }
        long to = BoardRequest.whole(req, "to", -1, 1, Long.MAX_VALUE);
        ObjectNode before = boards.version(uid, from).json();
        ObjectNode after = to < 0 ? boards.get(uid).json() : boards.version(uid, to).json();
        JsonDiff.Result diff = JsonDiff.between(before, after);
        ObjectNode out = BoardJson.object();
        out.put("from", from).put("to", after.path("version").asLong(to));
        ArrayNode changes = out.putArray("changes");
        for (JsonDiff.Change each : diff.changes()) {
            ObjectNode change = changes.addObject();
            change.put("kind", each.kind().name().toLowerCase(Locale.ROOT));
            change.put("path", each.path()).put("before", each.before());
            change.put("after", each.after()).put("text", each.text());
        }
        out.put("more", diff.more());
        BoardAnswers.send(req, res, out);
    }

    private void restore(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.EDITOR);
        TenantBoards boards = boards(req);
        String uid = BoardRequest.uid(req);
        ObjectNode body = BoardRequest.body(req, dashboards.limits());
        if (!body.path("version").isIntegralNumber()) {
            throw BoardRequest.invalid("`version` is no whole number");
        }
        long number = body.path("version").asLong(-1);
        TenantBoards.Kept kept = boards.version(uid, number);
        String message = BoardRequest.textOr(body, "message", "back to version " + number);
        BoardInfo info =
                boards.save(
                        new Save(
                                uid,
                                kept.json(),
                                kept.version().folder(),
                                message,
                                caller.user(),
                                BoardRequest.expected(req)));
        ObjectNode out = BoardJson.object();
        out.set("meta", BoardAnswers.meta(info, caller, boards));
        BoardAnswers.saved(req, res, info, false, out);
    }
}
