package io.framewatch.server.http.dashboards;

import io.framewatch.server.dashboards.Board;
import io.framewatch.server.dashboards.BoardInfo;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.BoardProblem;
import io.framewatch.server.dashboards.Dashboards;
import io.framewatch.server.dashboards.Save;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/dashboards` and `/api/dashboards/{uid}`. Thread safe.
public final class DashboardEndpoints implements Endpoints {

    private static final int LISTED = 1_000;
    private static final int LISTED_MAX = 5_000;
    private static final int QUERY_LENGTH_MAX = 500;

    private final Dashboards dashboards;

    /// Serves `dashboards`.
    public DashboardEndpoints(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/dashboards", this::list);
        rules.get("/api/dashboards/{uid}", this::get);
        rules.put("/api/dashboards/{uid}", this::put);
        rules.delete("/api/dashboards/{uid}", this::delete);
    }

    private TenantBoards boards(Caller caller) {
        return dashboards.of(caller.tenant());
    }

    private void list(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req);
        TenantBoards boards = boards(caller);
        int limit = (int) BoardRequest.whole(req, "limit", LISTED, 1, LISTED_MAX);
        String folder = req.query().first("folder").orElse("");
        List<BoardInfo> found = boards.find(folder, tags(req), words(req));
        ObjectNode out = BoardJson.object();
        ArrayNode list = out.putArray("dashboards");
        found.stream()
                .limit(limit)
                .forEach(each -> list.add(BoardAnswers.meta(each, caller, boards)));
        out.put("total", found.size());
        ArrayNode folders = out.putArray("folders");
        boards.all().stream().map(BoardInfo::folder).distinct().forEach(folders::add);
        ArrayNode problems = out.putArray("problems");
        if (caller.role().edits()) {
            boards.problems().forEach(each -> problem(problems.addObject(), each));
        }
        out.putObject("limits").put("boardBytesMax", dashboards.limits().boardBytesMax());
        BoardAnswers.send(req, res, out);
    }

    private static void problem(ObjectNode out, BoardProblem problem) {
        out.put("file", problem.file()).put("line", problem.line());
        out.put("column", problem.column()).put("what", problem.what());
    }

    static List<String> words(ServerRequest req) {
        String query = req.query().first("query").orElse("");
        if (query.length() > QUERY_LENGTH_MAX) {
            throw BoardRequest.invalid("`query` is longer than 500 characters");
        }
        return Stream.of(query.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static List<String> tags(ServerRequest req) {
        return req.query().contains("tag") ? req.query().all("tag") : List.of();
    }

    private void get(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req);
        TenantBoards boards = boards(caller);
        Board board = boards.get(BoardRequest.uid(req));
        String etag = BoardAnswers.etag(board.info());
        res.header(HeaderNames.ETAG, etag);
        if (req.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").contains(etag)) {
            res.status(304);
            res.send();
            return;
        }
        ObjectNode out = BoardJson.object();
        out.set("dashboard", board.json());
        out.set("meta", BoardAnswers.meta(board.info(), caller, boards));
        BoardAnswers.send(req, res, out);
    }

    private void put(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.EDITOR);
        TenantBoards boards = boards(caller);
        ObjectNode body = BoardRequest.body(req, dashboards.limits());
        if (!(body.get("dashboard") instanceof ObjectNode board)) {
            throw BoardRequest.invalid("`dashboard` is missing");
        }
        String uid = BoardRequest.uid(req);
        boolean isNew = boards.info(uid) == null;
        BoardInfo info =
                boards.save(
                        new Save(
                                uid,
                                board,
                                BoardRequest.text(body, "folder"),
                                BoardRequest.textOr(body, "message", ""),
                                caller.user(),
                                BoardRequest.expected(req)));
        ObjectNode out = BoardJson.object();
        out.set("meta", BoardAnswers.meta(info, caller, boards));
        BoardAnswers.saved(req, res, info, isNew, out);
    }

    private void delete(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.ADMIN);
        boards(caller).delete(BoardRequest.uid(req), BoardRequest.expected(req).orAnything());
        res.status(204);
        res.send();
    }
}
