package io.framewatch.server.http.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.dashboards.Board;
import io.framewatch.server.dashboards.BoardInfo;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.Dashboards;
import io.framewatch.server.dashboards.Expected;
import io.framewatch.server.dashboards.Save;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The addresses under which tools write dashboards to Grafana, with its field names, statuses and
/// version check: `/api/search`, `/api/dashboards/uid/{uid}`, `/api/dashboards/db`, `/api/health`.
/// A folder's uid is its name; numeric ids are made of the uid. Thread safe.
public final class GrafanaEndpoints implements Endpoints {

    private static final int LISTED = 1_000;
    private static final int LISTED_MAX = 5_000;

    private final Dashboards dashboards;
    private final BooleanSupplier ready;
    private final String version;

    /// @param ready whether the server answers queries
    /// @param version this program's version
    public GrafanaEndpoints(Dashboards dashboards, BooleanSupplier ready, String version) {
        this.dashboards = dashboards;
        this.ready = ready;
        this.version = version;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/health", this::health);
        rules.get("/api/search", inGrafanasWords(this::search));
        rules.get("/api/dashboards/uid/{uid}", inGrafanasWords(this::get));
        rules.delete("/api/dashboards/uid/{uid}", inGrafanasWords(this::delete));
        rules.post("/api/dashboards/db", inGrafanasWords(this::save));
    }

    private static Handler inGrafanasWords(Handler handler) {
        return (req, res) -> {
            try {
                handler.handle(req, res);
            } catch (FaultException e) {
                Fault fault = e.fault();
                ObjectNode out = BoardJson.object().put("message", fault.message());
                out.put("status", status(fault.code()));
                res.status(HttpStatuses.of(fault));
                Answers.json(req, res, BoardJson.compact(out));
            }
        };
    }

    private static String status(String code) {
        return switch (code) {
            case "dashboard_changed", "dashboard_condition" -> "version-mismatch";
            case "not_found" -> "not-found";
            default -> code;
        };
    }

    private void health(ServerRequest req, ServerResponse res) {
        boolean well = ready.getAsBoolean();
        res.status(well ? 200 : 503);
        ObjectNode out = BoardJson.object().put("database", well ? "ok" : "starting");
        out.put("version", version);
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(req, res, BoardJson.compact(out));
    }

    private void search(ServerRequest req, ServerResponse res) {
        int limit = (int) BoardRequest.whole(req, "limit", LISTED, 1, LISTED_MAX);
        int page = (int) BoardRequest.whole(req, "page", 1, 1, 1_000_000);
        String type = req.query().first("type").orElse("");
        List<String> folders = all(req, "folderUIDs");
        List<String> uids = all(req, "dashboardUIDs");
        TenantBoards boards = dashboards.of(Caller.of(req).tenant());
        List<BoardInfo> found =
                boards.find("", DashboardEndpoints.tags(req), DashboardEndpoints.words(req));
        List<ObjectNode> hits = new ArrayList<>();
        if (!type.equals("dash-db") && uids.isEmpty() && folders.isEmpty()) {
            folders(found).forEach(each -> hits.add(folder(each)));
        }
        if (!type.equals("dash-folder")) {
            found.stream()
                    .filter(each -> folders.isEmpty() || folders.contains(each.folder()))
                    .filter(each -> uids.isEmpty() || uids.contains(each.uid()))
                    .forEach(each -> hits.add(hit(each)));
        }
        ArrayNode out = BoardJson.object().putArray("hits");
        hits.stream().skip((page - 1L) * limit).limit(limit).forEach(out::add);
        res.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        Answers.json(req, res, BoardJson.compact(out));
    }

    private static List<String> all(ServerRequest req, String name) {
        return req.query().contains(name) ? req.query().all(name) : List.of();
    }

    private static Set<String> folders(List<BoardInfo> boards) {
        Set<String> folders = new LinkedHashSet<>();
        boards.stream()
                .map(BoardInfo::folder)
                .filter(each -> !each.isEmpty())
                .forEach(folders::add);
        return folders;
    }

    private static ObjectNode folder(String name) {
        ObjectNode out = BoardJson.object().put("id", id("folder " + name)).put("uid", name);
        out.put("title", name).put("uri", "db/" + slug(name)).put("url", "/dashboards");
        out.put("type", "dash-folder").put("isStarred", false);
        out.putArray("tags");
        return out;
    }

    private static ObjectNode hit(BoardInfo info) {
        ObjectNode out = BoardJson.object().put("id", id(info.uid())).put("uid", info.uid());
        out.put("title", info.title()).put("uri", "db/" + slug(info.title()));
        out.put("url", url(info)).put("slug", "").put("type", "dash-db");
        ArrayNode tags = out.putArray("tags");
        info.tags().forEach(tags::add);
        out.put("isStarred", false);
        if (!info.folder().isEmpty()) {
            out.put("folderUid", info.folder()).put("folderTitle", info.folder());
        }
        return out.put("sortMeta", 0);
    }

    private void get(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req);
        TenantBoards boards = dashboards.of(caller.tenant());
        Board board = boards.get(BoardRequest.uid(req));
        BoardInfo info = board.info();
        ObjectNode own = BoardAnswers.meta(info, caller, boards);
        boolean canSave = own.path("canSave").asBoolean(false);
        ObjectNode meta = BoardJson.object().put("type", "db").put("canSave", canSave);
        meta.put("canEdit", canSave).put("canStar", false);
        meta.set("canDelete", own.path("canDelete"));
        meta.put("slug", slug(info.title())).put("url", url(info));
        meta.set("updated", own.path("updatedAt"));
        meta.put("updatedBy", info.updatedBy()).put("version", info.version());
        meta.put("isFolder", false).put("folderUid", info.folder());
        meta.put("folderTitle", info.folder());
        meta.put("provisioned", info.source() != BoardInfo.Source.STORE);
        meta.put("provisionedExternalId", info.file() == null ? "" : info.file());
        ObjectNode out = BoardJson.object();
        board.json().put("id", id(info.uid())).put("uid", info.uid());
        board.json().put("version", info.version());
        out.set("dashboard", board.json());
        out.set("meta", meta);
        BoardAnswers.send(req, res, out);
    }

    private void save(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.EDITOR);
        TenantBoards boards = dashboards.of(caller.tenant());
        ObjectNode body = BoardRequest.body(req, dashboards.limits());
        if (!(body.get("dashboard") instanceof ObjectNode board)) {
            throw BoardRequest.invalid("`dashboard` is missing");
        }
        String uid = BoardJson.uidOrNew(board);
        BoardInfo current = boards.info(uid);
        boolean overwrite = body.path("overwrite").asBoolean(false);
        BoardInfo info =
                boards.save(
                        new Save(
                                uid,
                                board,
                                BoardRequest.text(body, "folderUid"),
                                BoardRequest.textOr(body, "message", ""),
                                caller.user(),
                                overwrite ? Expected.ANYTHING : expected(current, board)));
        ObjectNode out = BoardJson.object().put("id", id(uid)).put("uid", uid);
        out.put("url", url(info)).put("status", "success").put("version", info.version());
        out.put("slug", slug(info.title())).put("folderUid", info.folder());
        Answers.json(req, res, BoardJson.compact(out));
    }

    /// Grafana's check: the version that was read is the one that is there.
    private static Expected expected(@Nullable BoardInfo current, JsonNode board) {
        boolean same = current != null && board.path("version").asLong(-1) == current.version();
        return current == null
                ? Expected.NOTHING
                : new Expected(same ? current.etag() : "another", "");
    }

    private void delete(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req).require(Caller.Role.ADMIN);
        TenantBoards boards = dashboards.of(caller.tenant());
        String uid = BoardRequest.uid(req);
        BoardInfo info = boards.info(uid);
        boards.delete(uid, Expected.ANYTHING);
        String title = info == null ? uid : info.title();
        ObjectNode out = BoardJson.object().put("title", title);
        out.put("message", "Dashboard " + title + " deleted").put("id", id(uid));
        Answers.json(req, res, BoardJson.compact(out));
    }

    /// A number for those who want one: 52 bits of the uid's digest, so that JavaScript can hold
    /// it.
    static long id(String uid) {
        return BoardJson.number(uid);
    }

    private static String url(BoardInfo info) {
        return "/d/" + info.uid() + "/" + slug(info.title());
    }

    static String slug(String title) {
        String slug =
                title.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "-")
                        .replaceAll("^-|-$", "");
        return slug.isEmpty() ? "-" : slug.length() > 100 ? slug.substring(0, 100) : slug;
    }
}
