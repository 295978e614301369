package io.framewatch.server.http.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.HttpListener;
import io.framewatch.server.parts.BoardSide;
import io.helidon.webserver.http.Filter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The contract of `docs/reference/dashboards.md`, over HTTP.
final class DashboardApiTest {

    private static final String BOARD = "{\"title\":\"CPU\",\"panels\":[]}";

    @TempDir private Path data = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Caller caller = as(Caller.Role.ADMIN);
    private HttpListener listener = start();

    private HttpListener start() {
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                List.of(),
                List.of());
    }

    private static Caller as(Caller.Role role) {
        return new Caller("ann", role, Tenant.DEFAULT, "login");
    }

    @BeforeEach
    void serve() {
        listener.close();
        Settings settings =
                Settings.DEFAULT.withStore(StoreSettings.inMemory(data, 3_600_000, 1_000));
        BoardSide side = new BoardSide(settings, Clock.system());
        Filter known =
                (chain, req, _) -> {
                    caller.attach(req);
                    chain.proceed();
                };
        listener =
                HttpListener.start(
                        new ListenSettings("127.0.0.1", 0, true),
                        LimitSettings.DEFAULT,
                        List.of(known),
                        side.endpoints(() -> true, "1.2.3"));
    }

    @AfterEach
    void stop() {
        listener.close();
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(listener.address() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private String put(String uid, String board, String... headers) throws Exception {
        HttpResponse<String> answer =
                send("PUT", "/api/dashboards/" + uid, wrapped(board), headers);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static String wrapped(String board) {
        return "{\"dashboard\":" + board + ",\"folder\":\"Video\",\"message\":\"why\"}";
    }

    @Test
    void savesReadsListsAndDeletes() throws Exception {
        HttpResponse<String> created = send("PUT", "/api/dashboards/cpu", wrapped(BOARD));
        assertThat(created.statusCode()).isEqualTo(201);
        HttpResponse<String> read = send("GET", "/api/dashboards/cpu", "");
        assertThat(read.headers().firstValue("ETag"))
                .isEqualTo(created.headers().firstValue("ETag"));
        String etag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(send("GET", "/api/dashboards/cpu", "", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        JsonNode meta = get("/api/dashboards/cpu").path("meta");
        assertThat(meta.path("updatedBy").asString()).isEqualTo("ann");
        assertThat(meta.path("source").asString()).isEqualTo("store");
        assertThat(meta.path("canSave").asBoolean()).isTrue();
        JsonNode list = get("/api/dashboards?query=cp&folder=Video");
        assertThat(list.path("dashboards").path(0).path("uid").asString()).isEqualTo("cpu");
        assertThat(list.path("limits").path("boardBytesMax").asInt()).isEqualTo(5_242_880);
        assertThat(get("/api/dashboards?query=cpux").path("total").asInt()).isZero();
        assertThat(send("DELETE", "/api/dashboards/cpu", "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "/api/dashboards/cpu", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aLostUpdateIsRefused() throws Exception {
        String etag = put("cpu", BOARD);
        String other = BOARD.replace("CPU", "Processor");
        HttpResponse<String> unseen = send("PUT", "/api/dashboards/cpu", wrapped(other));
        assertThat(unseen.statusCode()).isEqualTo(428);
        put("cpu", other, "If-Match", etag);
        HttpResponse<String> late =
                send("PUT", "/api/dashboards/cpu", wrapped(BOARD), "If-Match", etag);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("dashboard_changed", "by ann", "version 2");
    }

    @Test
    void versionsDifferAndComeBack() throws Exception {
        String etag = put("cpu", BOARD);
        etag = put("cpu", BOARD.replace("CPU", "Processor"), "If-Match", etag);
        JsonNode versions = get("/api/dashboards/cpu/versions").path("versions");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.path(0).path("message").asString()).isEqualTo("why");
        JsonNode changes = get("/api/dashboards/cpu/diff?from=1").path("changes");
        assertThat(changes.path(0).path("text").asString())
                .isEqualTo("title: \"CPU\" -> \"Processor\"");
        String restore = "/api/dashboards/cpu/restore";
        assertThat(send("POST", restore, "{\"version\":1}").statusCode()).isEqualTo(428);
        assertThat(send("POST", restore, "{\"version\":9}", "If-Match", etag).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", restore, "{\"version\":1}", "If-Match", etag).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/dashboards/cpu").path("dashboard").path("title").asString())
                .isEqualTo("CPU");
        assertThat(get("/api/dashboards/cpu/versions/2").path("dashboard").path("title").asString())
                .isEqualTo("Processor");
        assertThat(send("GET", "/api/dashboards/cpu/versions/x", "").statusCode()).isEqualTo(400);
    }

    @Test
    void hugeDeepAndBrokenDashboardsAreRefusedInWords() throws Exception {
        String huge = "{\"title\":\"" + "x".repeat(20 << 20) + "\",\"panels\":[]}";
        HttpResponse<String> tooLarge = send("PUT", "/api/dashboards/cpu", wrapped(huge));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("larger than 5242880 bytes", "boardBytesMax");
        String deep = "[".repeat(100_000);
        HttpResponse<String> nested = send("PUT", "/api/dashboards/cpu", wrapped(deep));
        assertThat(nested.statusCode()).isEqualTo(400);
        assertThat(nested.body()).contains("dashboard_invalid");
        assertThat(send("PUT", "/api/dashboards/cpu", "{\"dashboard\":3}").body())
                .contains("body_invalid");
        assertThat(send("PUT", "/api/dashboards/..%2F..%2Fetc", wrapped(BOARD)).statusCode())
                .isIn(400, 404);
        assertThat(send("PUT", "/api/dashboards/a.b", wrapped(BOARD)).body())
                .contains("dashboard_uid");
    }

    @Test
    void rolesAreHeld() throws Exception {
        put("cpu", BOARD);
        caller = as(Caller.Role.VIEWER);
        assertThat(get("/api/dashboards/cpu").path("meta").path("canSave").asBoolean()).isFalse();
        for (String[] each :
                List.of(
                        new String[] {"PUT", "/api/dashboards/cpu"},
                        new String[] {"POST", "/api/dashboards/import"},
                        new String[] {"POST", "/api/dashboards/cpu/restore"},
                        new String[] {"POST", "/api/dashboards/db"},
                        new String[] {"DELETE", "/api/dashboards/cpu"})) {
            assertThat(send(each[0], each[1], wrapped(BOARD)).statusCode())
                    .as(each[1])
                    .isEqualTo(403);
        }
        caller = as(Caller.Role.EDITOR);
        put("gpu", BOARD);
        assertThat(send("DELETE", "/api/dashboards/cpu", "").statusCode()).isEqualTo(403);
    }

    @Test
    void importsBothFormsAndExports() throws Exception {
        String bare = "{\"uid\":\"a\",\"title\":\"A\",\"panels\":[],\"__inputs\":[]}";
        assertThat(send("POST", "/api/dashboards/import", bare).statusCode()).isEqualTo(201);
        String wrapped = "{\"dashboard\":" + bare.replace("\"a\"", "\"b\"") + ",\"folder\":\"X\"}";
        assertThat(send("POST", "/api/dashboards/import", wrapped).statusCode()).isEqualTo(201);
        assertThat(send("POST", "/api/dashboards/import", wrapped).statusCode())
                .as("sent twice")
                .isEqualTo(200);
        String changed = wrapped.replace("\"A\"", "\"B\"");
        assertThat(send("POST", "/api/dashboards/import", changed).statusCode()).isEqualTo(428);
        String forced = changed.replace("\"folder\"", "\"overwrite\":true,\"folder\"");
        assertThat(send("POST", "/api/dashboards/import", forced).statusCode()).isEqualTo(200);
        HttpResponse<String> export = send("GET", "/api/dashboards/b/export", "");
        assertThat(export.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"b.json\"");
        assertThat(export.body()).contains("\"title\" : \"B\"").doesNotContain("__inputs");
        assertThat(send("GET", "/api/dashboards/b/export?share=true", "").body())
                .contains("__inputs");
    }

    @Test
    void toolsOfGrafanaFindTheirWay() throws Exception {
        String body =
                "{\"dashboard\":{\"id\":null,\"uid\":\"g1\",\"title\":\"GPU farm\",\"tags\":"
                        + "[\"gpu\"],\"panels\":[],\"version\":0},\"folderUid\":\"Video\","
                        + "\"message\":\"m\",\"overwrite\":false}";
        HttpResponse<String> saved = send("POST", "/api/dashboards/db", body);
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(saved.body())
                .contains("\"status\":\"success\"", "\"version\":1", "\"slug\":\"gpu-farm\"");
        JsonNode read = get("/api/dashboards/uid/g1");
        assertThat(read.path("meta").path("folderTitle").asString()).isEqualTo("Video");
        assertThat(read.path("dashboard").path("id").isIntegralNumber()).isTrue();
        HttpResponse<String> old = send("POST", "/api/dashboards/db", body.replace("farm", "FARM"));
        assertThat(old.statusCode()).isEqualTo(412);
        assertThat(old.body()).contains("\"status\":\"version-mismatch\"");
        String onTop = body.replace("farm", "FARM").replace("\"version\":0", "\"version\":1");
        assertThat(send("POST", "/api/dashboards/db", onTop).body()).contains("\"version\":2");
        JsonNode hits = get("/api/search?tag=gpu&type=dash-db");
        assertThat(hits.path(0).path("uid").asString()).isEqualTo("g1");
        assertThat(get("/api/search?query=farm").size()).isEqualTo(2);
        assertThat(get("/api/health").path("database").asString()).isEqualTo("ok");
        assertThat(send("DELETE", "/api/dashboards/uid/g1", "").body()).contains("deleted");
        HttpResponse<String> gone = send("GET", "/api/dashboards/uid/g1", "");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("\"message\":");
    }
}
