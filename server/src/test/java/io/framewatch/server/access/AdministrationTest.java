package io.framewatch.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Tenant;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users, API tokens and logins over HTTP: what an admin changes, and that nobody else does.
final class AdministrationTest {

    private static final String PASSWORD = "correct horse";
    private static final String HASH = Passwords.hash(PASSWORD);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"(fw_[^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock(1_000_000);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Endpoints probe =
            rules -> {
                rules.get("/api/data", (req, res) -> res.send(Caller.of(req).user()));
                rules.post("/api/v1/write", (req, res) -> res.send(Caller.of(req).user()));
            };
    private Access access = access("0.0.0.0");
    private HttpListener listener = listen();

    private Access access(String address) {
        AccessSettings settings =
                new AccessSettings(
                        null,
                        folder.resolve("users.txt"),
                        false,
                        false,
                        null,
                        null,
                        100,
                        3_600_000,
                        7_200_000,
                        60_000);
        return new Access(
                Settings.DEFAULT
                        .withListen(new ListenSettings(address, 9090, false))
                        .withStore(StoreSettings.inMemory(folder, 3_600_000, 1_000))
                        .withAccess(settings),
                null,
                clock);
    }

    private HttpListener listen() {
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                List.of(access.filter()),
                List.of(access.endpoints(), probe));
    }

    private void serve(String address) {
        listener.close();
        access.close();
        access = access(address);
        listener = listen();
    }

    @BeforeEach
    void users() {
        Map<String, User> users = new LinkedHashMap<>();
        for (Caller.Role role : EnumSet.range(Caller.Role.VIEWER, Caller.Role.ADMIN)) {
            String name = role.word();
            users.put(name, new User(name, role, Tenant.DEFAULT, HASH));
        }
        UsersFile.write(folder.resolve("users.txt"), users);
        serve("0.0.0.0");
    }

    @AfterEach
    void stop() {
        listener.close();
        access.close();
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

    private HttpResponse<String> as(String cookie, String method, String path, String body)
            throws Exception {
        return send(method, path, body, "Cookie", cookie, "X-Framewatch-Request", "1");
    }

    private HttpResponse<String> login(String name, String password) throws Exception {
        String body = "{\"user\":\"" + name + "\",\"password\":\"" + password + "\"}";
        return send("POST", "/api/session", body);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private String cookie(String name) throws Exception {
        HttpResponse<String> answer = login(name, PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return cookie(answer);
    }

    private static String found(Pattern pattern, String in) {
        Matcher matcher = pattern.matcher(in);
        assertThat(matcher.find()).as(in).isTrue();
        return matcher.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/users",
        "POST, /api/users",
        "PUT, /api/users/viewer",
        "DELETE, /api/users/admin",
        "GET, /api/tokens",
        "POST, /api/tokens",
        "DELETE, /api/tokens/x",
        "GET, /api/sessions",
        "DELETE, /api/sessions/x"
    })
    void isForAdminsOnly(String method, String path) throws Exception {
        String body =
                "{\"name\":\"eve\",\"role\":\"admin\",\"password\":\"evil password\",\"days\":1}";
        for (String name : new String[] {"viewer", "editor"}) {
            HttpResponse<String> answer = as(cookie(name), method, path, body);
            assertThat(answer.statusCode()).as(name).isEqualTo(403);
            assertThat(answer.body()).contains("\"forbidden\"");
        }
        assertThat(send(method, path, body).statusCode()).isEqualTo(401);
        assertThat(UsersFile.read(folder.resolve("users.txt")).keySet())
                .containsExactly("viewer", "editor", "admin");
    }

    @Test
    void anotherSitesPageChangesNothing() throws Exception {
        String admin = cookie("admin");
        String body = "{\"name\":\"eve\",\"role\":\"admin\",\"password\":\"evil password\"}";
        assertThat(send("POST", "/api/users", body, "Cookie", admin).body()).contains("cross_site");
        assertThat(
                        send(
                                        "POST",
                                        "/api/tokens",
                                        body,
                                        "Cookie",
                                        admin,
                                        "X-Framewatch-Request",
                                        "1",
                                        "Origin",
                                        "https://evil.example")
                                .body())
                .contains("cross_site");
        assertThat(as(admin, "GET", "/api/users", "").body()).doesNotContain("eve");
    }

    @Test
    void anAdminAddsChangesAndDeletesUsers() throws Exception {
        String admin = cookie("admin");
        HttpResponse<String> added =
                as(
                        admin,
                        "POST",
                        "/api/users",
                        "{\"name\":\"ann\",\"role\":\"viewer\",\"password\":\"first password\"}");
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.body()).doesNotContain("password", "argon2");
        String ann = cookie(login("ann", "first password"));
        assertThat(as(admin, "GET", "/api/users", "").body())
                .contains(
                        "{\"name\":\"ann\",\"role\":\"viewer\",\"tenant\":\"default\","
                                + "\"disabled\":false,\"sessions\":1}")
                .doesNotContain("argon2");
        assertThat(as(admin, "PUT", "/api/users/ann", "{\"role\":\"editor\"}").body())
                .contains("\"role\":\"editor\"");
        assertThat(as(ann, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        as(admin, "PUT", "/api/users/ann", "{\"password\":\"second password\"}");
        assertThat(login("ann", "first password").statusCode()).isEqualTo(401);
        assertThat(login("ann", "second password").body()).contains("\"editor\"");
        assertThat(as(admin, "DELETE", "/api/users/ann", "").statusCode()).isEqualTo(204);
        assertThat(login("ann", "second password").statusCode()).isEqualTo(401);
        assertThat(as(admin, "DELETE", "/api/users/ann", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDisabledUserIsOutAndComesBackWithTheSamePassword() throws Exception {
        String admin = cookie("admin");
        String editor = cookie("editor");
        assertThat(as(admin, "PUT", "/api/users/editor", "{\"disabled\":true}").body())
                .contains("\"disabled\":true");
        assertThat(as(editor, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        HttpResponse<String> locked = login("editor", PASSWORD);
        assertThat(locked.statusCode()).isEqualTo(401);
        assertThat(locked.body()).isEqualTo(login("nobody", PASSWORD).body());
        assertThat(Files.readString(folder.resolve("users.txt")))
                .contains("editor default !$argon");
        as(admin, "PUT", "/api/users/editor", "{\"password\":\"while it is locked\"}");
        assertThat(login("editor", "while it is locked").statusCode()).isEqualTo(401);
        as(admin, "PUT", "/api/users/editor", "{\"disabled\":false}");
        assertThat(login("editor", "while it is locked").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyLocksThemselvesOut() throws Exception {
        String admin = cookie("admin");
        for (String body : new String[] {"{\"role\":\"viewer\"}", "{\"disabled\":true}"}) {
            assertThat(as(admin, "PUT", "/api/users/admin", body).body()).contains("user_invalid");
        }
        assertThat(as(admin, "DELETE", "/api/users/admin", "").body()).contains("user_invalid");
        assertThat(as(admin, "GET", "/api/data", "").body()).isEqualTo("admin");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, viewer, long enough",
        "'', viewer, long enough",
        "viewer, viewer, long enough",
        "ann, boss, long enough",
        "ann, viewer, short"
    })
    void whatMakesNoUserIsRefused(String name, String role, String password) throws Exception {
        String body =
                "{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}"
                        .formatted(name, role, password);
        HttpResponse<String> answer = as(cookie("admin"), "POST", "/api/users", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("user_invalid").doesNotContain(password);
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilRevoked() throws Exception {
        String admin = cookie("admin");
        HttpResponse<String> made =
                as(admin, "POST", "/api/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String token = found(TOKEN, made.body());
        String bearer = "Bearer " + token;
        assertThat(as(admin, "GET", "/api/tokens", "").body())
                .contains("\"name\":\"ci\"", "\"by\":\"admin\"", "\"usedMs\":0")
                .doesNotContain(token);
        clock.advance(Duration.ofMinutes(2));
        assertThat(send("GET", "/api/data", "", "Authorization", bearer).body())
                .isEqualTo("token ci");
        assertThat(send("DELETE", "/api/users/viewer", "", "Authorization", bearer).statusCode())
                .isEqualTo(403);
        String session = cookie(send("POST", "/api/session", "{\"token\":\"" + token + "\"}"));
        assertThat(as(session, "GET", "/api/data", "").body()).isEqualTo("token ci");
        String list = as(admin, "GET", "/api/tokens", "").body();
        assertThat(list).contains("\"usedMs\":1120000");
        Path file = folder.resolve("api-tokens.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(token);

        serve("0.0.0.0");
        assertThat(send("GET", "/api/data", "", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        String again = cookie("admin");
        session = cookie(send("POST", "/api/session", "{\"token\":\"" + token + "\"}"));
        String id = found(ID, list);
        assertThat(as(again, "DELETE", "/api/tokens/" + id, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "/api/data", "", "Authorization", bearer).statusCode())
                .isEqualTo(401);
        assertThat(as(session, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        assertThat(as(again, "DELETE", "/api/tokens/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenThatPushesSendsAndLogsInNowhere() throws Exception {
        String admin = cookie("admin");
        String body = "{\"name\":\"cam\",\"role\":\"push\"}";
        String token = found(TOKEN, as(admin, "POST", "/api/tokens", body).body());
        String[] bearer = {"Authorization", "Bearer " + token};
        assertThat(send("POST", "/api/v1/write", "", bearer).body()).isEqualTo("token cam");
        assertThat(send("GET", "/api/data", "", bearer).statusCode()).isEqualTo(403);
        assertThat(send("DELETE", "/api/users/viewer", "", bearer).statusCode()).isEqualTo(403);
        HttpResponse<String> login = send("POST", "/api/session", "{\"token\":\"" + token + "\"}");
        assertThat(login.statusCode()).isEqualTo(403);
        assertThat(login.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(as(admin, "GET", "/api/tokens", "").body()).contains("\"role\":\"push\"");
        serve("0.0.0.0");
        assertThat(send("POST", "/api/v1/write", "", bearer).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/data", "", bearer).statusCode()).isEqualTo(403);
    }

    @Test
    void aPersonCannotHaveTheRoleOfAToken() throws Exception {
        String body = "{\"name\":\"eve\",\"role\":\"push\",\"password\":\"long enough 12345\"}";
        assertThat(as(cookie("admin"), "POST", "/api/users", body).statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenEndsWhenItsDaysAreOver() throws Exception {
        String admin = cookie("admin");
        String body = "{\"name\":\"ci\",\"role\":\"admin\",\"days\":1}";
        String bearer = "Bearer " + found(TOKEN, as(admin, "POST", "/api/tokens", body).body());
        assertThat(as(admin, "POST", "/api/tokens", body).body()).contains("token_invalid");
        assertThat(as(admin, "POST", "/api/tokens", body.replace(":1}", ":-1}")).body())
                .contains("token_invalid");
        clock.advance(Duration.ofHours(23));
        assertThat(send("GET", "/api/data", "", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(send("GET", "/api/data", "", "Authorization", bearer).statusCode())
                .isEqualTo(401);
    }

    @Test
    void loginsAreListedWithoutTheirSecretAndEnded() throws Exception {
        String admin = cookie("admin");
        String viewer =
                cookie(
                        send(
                                "POST",
                                "/api/session",
                                "{\"user\":\"viewer\",\"password\":\"" + PASSWORD + "\"}",
                                "User-Agent",
                                "Firefox <b>"));
        String list = as(admin, "GET", "/api/sessions", "").body();
        assertThat(list)
                .contains("\"user\":\"viewer\"", "\"way\":\"password\"", "\"current\":true")
                .contains("Firefox \\u003cb\\u003e")
                .doesNotContain(viewer.split("=", 2)[1], admin.split("=", 2)[1]);
        String own = as(viewer, "GET", "/api/account", "").body();
        assertThat(own)
                .contains("\"role\":\"viewer\"", "\"password\":true")
                .doesNotContain("admin");
        String id = found(ID, own);
        assertThat(as(admin, "DELETE", "/api/sessions/" + id, "").statusCode()).isEqualTo(204);
        assertThat(as(viewer, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        assertThat(as(admin, "DELETE", "/api/sessions/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void everybodyEndsTheirOwnLoginsAndNobodyElses() throws Exception {
        String one = cookie("viewer");
        String other = cookie("viewer");
        String admins = found(ID, as(cookie("admin"), "GET", "/api/account", "").body());
        assertThat(as(one, "DELETE", "/api/account/sessions/" + admins, "").statusCode())
                .isEqualTo(404);
        String id = found(ID, as(other, "GET", "/api/account", "").body());
        assertThat(as(one, "DELETE", "/api/account/sessions/" + id, "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void everybodyChangesTheirOwnPassword() throws Exception {
        String here = cookie("viewer");
        String elsewhere = cookie("viewer");
        String body = "{\"old\":\"%s\",\"password\":\"%s\"}";
        String path = "/api/account/password";
        assertThat(as(here, "POST", path, body.formatted("wrong", "another one")).statusCode())
                .isEqualTo(401);
        assertThat(as(here, "POST", path, body.formatted(PASSWORD, "short")).body())
                .contains("user_invalid");
        HttpResponse<String> changed =
                as(here, "POST", path, body.formatted(PASSWORD, "another one"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
        assertThat(as(elsewhere, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        assertThat(as(here, "GET", "/api/data", "").statusCode()).isEqualTo(401);
        assertThat(as(cookie(changed), "GET", "/api/data", "").body()).isEqualTo("viewer");
        assertThat(login("viewer", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(login("viewer", "another one").statusCode()).isEqualTo(200);
    }

    @Test
    void aLoginWithoutAPasswordHasNoneToChange() throws Exception {
        serve("127.0.0.1");
        HttpResponse<String> account = send("GET", "/api/account", "");
        assertThat(account.body()).contains("\"mode\":\"open\"", "\"password\":false");
        assertThat(send("POST", "/api/account/password", "{}").body())
                .contains("password_elsewhere");
        assertThat(send("GET", "/api/users", "").body()).contains("\"name\":\"viewer\"");
    }

    @Test
    void aTornFileOfTokensIsNamed() throws Exception {
        Files.writeString(folder.resolve("api-tokens.json"), "[{\"id\":");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(
                        io.framewatch.model.FaultException.class)
                .isThrownBy(() -> access("0.0.0.0"))
                .withMessageContaining("api-tokens.json");
        Files.delete(folder.resolve("api-tokens.json"));
    }
}
