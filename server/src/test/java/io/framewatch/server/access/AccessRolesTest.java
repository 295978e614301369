package io.framewatch.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Tenant;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpListener;
import io.framewatch.testkit.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Local users with their roles, anonymous viewers, and who may do what, over HTTP.
final class AccessRolesTest {

    private static final String PASSWORD = "correct horse";
    private static final String HASH = Passwords.hash(PASSWORD);
    private static final String OWN_PAGE = "X-Framewatch-Request";

    @TempDir private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock(1_000_000);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Endpoints probe =
            rules -> {
                rules.get("/api/data", (req, res) -> res.send(Caller.of(req).user()));
                rules.post("/-/reload", (_, res) -> res.send("done"));
                rules.put("/api/dashboards/{uid}", (_, res) -> res.send("saved"));
                rules.delete("/api/dashboards/{uid}", (_, res) -> res.send("deleted"));
                rules.post("/api/v1/query", (_, res) -> res.send("answer"));
            };
    private HttpListener listener = listen(new Access(Settings.DEFAULT, null, clock));

    private HttpListener listen(Access access) {
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                java.util.List.of(access.filter()),
                java.util.List.of(access.endpoints(), probe));
    }

    private void serve(String address, boolean anonymous, boolean always, String external) {
        listener.close();
        AccessSettings access =
                new AccessSettings(
                        null,
                        folder.resolve("users.txt"),
                        anonymous,
                        always,
                        external.isEmpty() ? null : URI.create(external),
                        null,
                        10,
                        3_600_000,
                        7_200_000,
                        60_000);
        Settings settings =
                Settings.DEFAULT
                        .withListen(new ListenSettings(address, 9090, false))
                        .withAccess(access);
        listener = listen(new Access(settings, null, clock));
    }

    @BeforeEach
    void users() {
        Map<String, User> users = new LinkedHashMap<>();
        for (Caller.Role role : EnumSet.range(Caller.Role.VIEWER, Caller.Role.ADMIN)) {
            String name = role.name().toLowerCase(java.util.Locale.ROOT);
            users.put(name, new User(name, role, Tenant.DEFAULT, HASH));
        }
        UsersFile.write(folder.resolve("users.txt"), users);
        serve("0.0.0.0", false, false, "");
    }

    @AfterEach
    void stop() {
        listener.close();
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(listener.address() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> login(String name, String password) throws Exception {
        String body = "{\"user\":\"" + name + "\",\"password\":\"" + password + "\"}";
        return send("POST", "/api/session", body);
    }

    private String cookie(String name) throws Exception {
        HttpResponse<String> answer = login(name, PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private int status(String cookie, String method, String path) throws Exception {
        return send(method, path, "", "Cookie", cookie, OWN_PAGE, "1").statusCode();
    }

    @Test
    void namesAndPasswordsLogIn() throws Exception {
        assertThat(send("GET", "/api/session", "").body())
                .isEqualTo(
                        "{\"user\":null,\"role\":null,\"mode\":\"login\","
                                + "\"login\":{\"password\":true,\"provider\":null}}");
        HttpResponse<String> in = login("editor", PASSWORD);
        assertThat(in.body()).contains("\"user\":\"editor\"", "\"role\":\"editor\"");
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(send("GET", "/api/data", "", "Cookie", cookie("viewer")).body())
                .isEqualTo("viewer");
    }

    @Test
    void wrongOnesAreToldInTheSameWords() throws Exception {
        HttpResponse<String> wrong = login("editor", "wrong one");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(login("nobody", PASSWORD).body()).isEqualTo(wrong.body());
        assertThat(wrong.body()).doesNotContain("editor", "wrong one");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        for (int i = 0; i < 5; i++) {
            login("admin", "wrong one");
        }
        HttpResponse<String> slow = login("admin", PASSWORD);
        assertThat(slow.statusCode()).isEqualTo(429);
        assertThat(slow.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void eachRoleDoesWhatItMay() throws Exception {
        String viewer = cookie("viewer");
        String editor = cookie("editor");
        String admin = cookie("admin");
        for (String cookie : new String[] {viewer, editor, admin}) {
            assertThat(status(cookie, "GET", "/api/data")).isEqualTo(200);
            assertThat(status(cookie, "POST", "/api/v1/query")).isEqualTo(200);
        }
        assertThat(status(viewer, "PUT", "/api/dashboards/a")).isEqualTo(403);
        assertThat(status(editor, "PUT", "/api/dashboards/a")).isEqualTo(200);
        assertThat(status(admin, "PUT", "/api/dashboards/a")).isEqualTo(200);
        assertThat(status(editor, "DELETE", "/api/dashboards/a")).isEqualTo(403);
        assertThat(status(admin, "DELETE", "/api/dashboards/a")).isEqualTo(200);
        assertThat(status(viewer, "POST", "/-/reload")).isEqualTo(403);
        assertThat(status(editor, "POST", "/-/reload")).isEqualTo(403);
        assertThat(status(admin, "POST", "/-/reload")).isEqualTo(200);
    }

    @Test
    void aSessionActsOnlyFromItsOwnPage() throws Exception {
        String admin = cookie("admin");
        assertThat(send("POST", "/-/reload", "", "Cookie", admin).body()).contains("cross_site");
        assertThat(
                        send(
                                        "POST",
                                        "/-/reload",
                                        "",
                                        "Cookie",
                                        admin,
                                        OWN_PAGE,
                                        "1",
                                        "Sec-Fetch-Site",
                                        "cross-site")
                                .body())
                .contains("cross_site");
        assertThat(send("POST", "/api/session", "{}", "Sec-Fetch-Site", "cross-site").body())
                .contains("cross_site");
    }

    @Test
    void aSessionEndsWithItsUser() throws Exception {
        String editor = cookie("editor");
        Map<String, User> users = UsersFile.read(folder.resolve("users.txt"));
        users.put("editor", new User("editor", Caller.Role.VIEWER, Tenant.DEFAULT, HASH));
        UsersFile.write(folder.resolve("users.txt"), users);
        Files.setLastModifiedTime(
                folder.resolve("users.txt"), java.nio.file.attribute.FileTime.fromMillis(5_000));
        clock.advance(Duration.ofSeconds(3));
        assertThat(status(editor, "GET", "/api/data")).isEqualTo(401);
        assertThat(status(cookie("editor"), "PUT", "/api/dashboards/a")).isEqualTo(403);
    }

    @Test
    void anonymousViewersLookOnly() throws Exception {
        serve("0.0.0.0", true, false, "");
        assertThat(send("GET", "/api/data", "").body()).isEqualTo("anonymous");
        assertThat(send("POST", "/api/v1/query", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/api/dashboards/a", "").statusCode()).isEqualTo(401);
        assertThat(send("POST", "/-/reload", "").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/api/session", "").body())
                .contains("\"user\":\"anonymous\"", "\"mode\":\"anonymous\"", "\"password\":true");
        assertThat(status(cookie("admin"), "POST", "/-/reload")).isEqualTo(200);
    }

    @Test
    void aLoginCanBeAskedForOnLoopbackToo() throws Exception {
        serve("127.0.0.1", false, true, "https://framewatch.example");
        assertThat(send("GET", "/api/data", "").statusCode()).isEqualTo(401);
        HttpResponse<String> in = login("viewer", PASSWORD);
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    }
}
