package io.framewatch.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpListener;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may come in, over raw requests so that every header is ours.
final class AccessTest {

    private static final String TOKEN = "viewer-token-0123456789";
    private static final String PUSH_TOKEN = "push-token-0123456789";

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Endpoints probe =
            rules -> {
                rules.get("/api/data", (_, res) -> res.send("data"));
                rules.post("/api/act", (_, res) -> res.send("done"));
                rules.post("/api/v1/query", (_, res) -> res.send("answer"));
                rules.get("/unknown/data", (_, res) -> res.send("data"));
                rules.post("/api/v1/write", (_, res) -> res.send("taken"));
                rules.post("/v1/logs", (_, res) -> res.status(503).send("later"));
                rules.delete("/metrics/job/a", (_, res) -> res.send("deleted"));
            };
    private HttpListener listener = open();

    private HttpListener open() {
        return listen(new Access(Settings.DEFAULT, null, clock));
    }

    private HttpListener listen(Access access) {
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                List.of(access.filter()),
                List.of(access.endpoints(), probe));
    }

    /// A server that asks for a login, as it does beyond this machine; its login link.
    private URI closed() throws IOException {
        Path tokens = Files.createTempFile("tokens", ".txt");
        Files.writeString(
                tokens, "# programs\n" + TOKEN + " acme viewer\n" + PUSH_TOKEN + " default push\n");
        AccessSettings access = new AccessSettings(tokens, 2, 3_600_000, 7_200_000, 60_000);
        Settings settings =
                Settings.DEFAULT
                        .withListen(new ListenSettings("0.0.0.0", 9090, false))
                        .withGrpc(GrpcSettings.OFF)
                        .withAccess(access);
        listener.close();
        Access guarded = new Access(settings, null, clock);
        listener = listen(guarded);
        return java.util.Objects.requireNonNull(guarded.loginLink(listener.address()));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /// Sends a request as written and answers the whole response.
    private String send(String requestLine, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        if (!host) {
            request.append("Host: 127.0.0.1:").append(listener.port()).append("\r\n");
        }
        request.append("Connection: close\r\nContent-Length: 0\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String status(String response) {
        return response.split(" ", 3)[1];
    }

    @Test
    void onLoopbackNobodyIsAsked() throws Exception {
        assertThat(send("GET /api/data")).startsWith("HTTP/1.1 200").endsWith("data");
        assertThat(status(send("POST /api/act"))).isEqualTo("200");
        assertThat(send("GET /api/session")).contains("\"mode\":\"open\"");
    }

    @Test
    void aPushTokenSendsDataAndNothingElse() throws Exception {
        URI _ = closed();
        String token = "Authorization: Bearer " + PUSH_TOKEN;
        assertThat(send("POST /api/v1/write", token)).endsWith("taken");
        for (String request :
                List.of(
                        "GET /api/data",
                        "POST /api/act",
                        "POST /api/v1/query",
                        "GET /api/v1/write",
                        "DELETE /metrics/job/a")) {
            assertThat(send(request, token)).as(request).contains("403").contains("forbidden");
        }
    }

    @Test
    void whoeverIsToldLaterIsToldWhen() throws Exception {
        assertThat(send("POST /v1/logs")).startsWith("HTTP/1.1 503").contains("Retry-After: 1\r\n");
        assertThat(send("GET /api/data")).doesNotContain("Retry-After");
    }

    @Test
    void aForeignNameForLoopbackIsRefused() throws Exception {
        assertThat(send("GET /api/data", "Host: evil.example"))
                .startsWith("HTTP/1.1 403")
                .contains("host_refused");
        assertThat(status(send("GET /api/data", "Host: localhost:1234"))).isEqualTo("200");
        assertThat(status(send("GET /api/data", "Host: [::1]:1"))).isEqualTo("200");
        assertThat(status(send("GET /api/data", "Host: localhost.evil.example"))).isEqualTo("403");
    }

    @Test
    void otherSitesMayNotAct() throws Exception {
        assertThat(send("POST /api/act", "Sec-Fetch-Site: cross-site")).contains("cross_site");
        assertThat(send("POST /api/act", "Sec-Fetch-Site: same-site")).contains("cross_site");
        assertThat(send("POST /api/act", "Origin: http://evil.example")).contains("cross_site");
        assertThat(send("POST /api/act", "Origin: null")).contains("cross_site");
        String own = "Origin: http://127.0.0.1:" + listener.port();
        assertThat(status(send("POST /api/act", own))).isEqualTo("200");
    }

    @Test
    void beyondThisMachineEverythingButTheLoginNeedsOne() throws Exception {
        closed();
        assertThat(status(send("GET /api/data"))).isEqualTo("401");
        assertThat(status(send("GET /unknown/data"))).isEqualTo("401");
        assertThat(status(send("POST /api/act"))).isEqualTo("401");
        assertThat(send("GET /unknown/data", "Accept: text/html"))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /login");
        assertThat(send("GET /api/session")).contains("{\"user\":null");
    }

    @Test
    void aLoginLinkWorksOnce() throws Exception {
        URI link = closed();
        String path = link.getPath() + "?" + link.getQuery();
        String first = send("GET " + path);
        assertThat(first)
                .startsWith("HTTP/1.1 303")
                .contains("HttpOnly")
                .contains("SameSite=Strict");
        String cookie = cookie(first);
        assertThat(send("GET /api/data", cookie)).endsWith("data");
        assertThat(status(send("GET " + path))).isEqualTo("401");
    }

    @Test
    void aSessionActsOnlyFromItsOwnPage() throws Exception {
        String cookie = login();
        assertThat(send("POST /api/act", cookie)).contains("cross_site");
        assertThat(status(send("POST /api/act", cookie, "Sec-Fetch-Site: same-origin")))
                .isEqualTo("200");
        assertThat(status(send("POST /api/act", cookie, "X-Framewatch-Request: 1")))
                .isEqualTo("200");
    }

    @Test
    void sessionsEnd() throws Exception {
        String cookie = login();
        clock.advance(Duration.ofMinutes(61));
        assertThat(status(send("GET /api/data", cookie))).isEqualTo("401");
        String second = login();
        assertThat(status(send("DELETE /api/session", second, "X-Framewatch-Request: 1")))
                .isEqualTo("204");
        assertThat(status(send("GET /api/data", second))).isEqualTo("401");
    }

    @Test
    void aLinkGrowsOld() throws Exception {
        URI link = closed();
        clock.advance(Duration.ofMinutes(2));
        assertThat(status(send("GET " + link.getPath() + "?" + link.getQuery()))).isEqualTo("401");
    }

    @Test
    void tokensCarryRoleAndTenant() throws Exception {
        closed();
        String bearer = "Authorization: Bearer " + TOKEN;
        assertThat(status(send("GET /api/data", bearer))).isEqualTo("200");
        assertThat(status(send("POST /api/v1/query", bearer))).isEqualTo("200");
        assertThat(send("POST /api/act", bearer)).contains("\"code\":\"forbidden\"");
        assertThat(status(send("GET /api/data", "Authorization: Bearer wrong"))).isEqualTo("401");
    }

    private String login() throws IOException {
        URI link = closed();
        return cookie(send("GET " + link.getPath() + "?" + link.getQuery()));
    }

    private static String cookie(String response) {
        String line =
                response.lines()
                        .filter(each -> each.startsWith("Set-Cookie:"))
                        .findFirst()
                        .orElseThrow();
        return "Cookie: " + line.substring("Set-Cookie:".length()).strip().split(";")[0];
    }
}
