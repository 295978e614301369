package io.framewatch.server.http.datasources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.DatasourceSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.HttpListener;
import io.helidon.webserver.http.Filter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The proxy to other servers, against a server that answers well and one that does not.
final class DatasourceTest {

    private static final String TOKEN = "secret-token-of-the-server";

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpServer peer = peer();
    private volatile Tenant tenant = Tenant.DEFAULT;
    private final DatasourceEndpoints endpoints =
            new DatasourceEndpoints(
                    List.of(
                            source(
                                    "mimir",
                                    DatasourceSettings.Type.PROMETHEUS,
                                    address(),
                                    List.of("default")),
                            source(
                                    "acme",
                                    DatasourceSettings.Type.LOKI,
                                    address(),
                                    List.of("acme")),
                            source(
                                    "patient",
                                    DatasourceSettings.Type.PROMETHEUS,
                                    address(),
                                    List.of("default")),
                            source(
                                    "gone",
                                    DatasourceSettings.Type.PROMETHEUS,
                                    "http://127.0.0.1:1",
                                    List.of("default"))));
    private final HttpListener listener = listen();
    private final HttpClient http = HttpClient.newHttpClient();

    private static DatasourceSettings source(
            String uid, DatasourceSettings.Type type, String url, List<String> tenants) {
        return new DatasourceSettings(
                uid,
                uid,
                type,
                URI.create(url),
                new HttpAuth.Header("Bearer", new SecretSource.Inline(new Secret(TOKEN))),
                TlsConfig.DEFAULT,
                uid.equals("patient") ? 60_000 : 1_000,
                uid.equals("mimir"),
                tenants);
    }

    private String address() {
        return "http://127.0.0.1:" + peer.getAddress().getPort() + "/base";
    }

    private HttpServer peer() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/base/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        seen.put("path", exchange.getRequestURI().getRawPath());
        seen.put("query", query);
        seen.put("authorization", exchange.getRequestHeaders().getFirst("Authorization"));
        seen.put("cookie", String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")));
        byte[] body = exchange.getRequestBody().readAllBytes();
        seen.put("body", new String(body, StandardCharsets.UTF_8));
        switch (query) {
            case "query=slow" -> await();
            case "query=drip" -> drip(exchange);
            case "query=large" -> send(exchange, 200, new byte[Upstream.ANSWER_BYTES_MAX + 1]);
            case "query=away" -> {
                exchange.getResponseHeaders().set("Location", "http://169.254.169.254/");
                send(exchange, 302, new byte[0]);
            }
            case "query=refused" -> send(exchange, 401, new byte[0]);
            case "query=bad" ->
                    send(exchange, 400, "{\"status\":\"error\"}".getBytes(StandardCharsets.UTF_8));
            case "query=html" -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.getResponseHeaders().set("Set-Cookie", "a=b");
                send(exchange, 200, "<script>".getBytes(StandardCharsets.UTF_8));
            }
            default ->
                    send(
                            exchange,
                            200,
                            "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        await();
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private HttpListener listen() {
        Filter known =
                (chain, req, _) -> {
                    new Caller("ann", Caller.Role.VIEWER, tenant, "login").attach(req);
                    chain.proceed();
                };
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                List.of(known),
                List.of(endpoints));
    }

    @AfterEach
    void stop() {
        ended.countDown();
        endpoints.close();
        listener.close();
        peer.stop(0);
        http.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(listener.address() + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final String PROXY = "/api/datasources/mimir/proxy/api/v1/";

    @Test
    void theListCarriesNoAddressAndNoSecret() throws Exception {
        String list = get("/api/datasources").body();
        assertThat(list)
                .contains("\"uid\":\"framewatch\"", "\"uid\":\"mimir\"", "\"type\":\"prometheus\"")
                .contains("\"base\":\"/api/datasources/mimir/proxy\"", "\"base\":\"/jaeger\"")
                .doesNotContain(TOKEN, "127.0.0.1", "acme");
    }

    @Test
    void questionsArePassedOnWithTheServersCredentials() throws Exception {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                listener.address()
                                                        + PROXY
                                                        + "query?query=up%7B%7D"))
                                .header("Cookie", "framewatch_session=x")
                                .header("Authorization", "Bearer of-the-caller"));
        assertThat(answer.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(seen)
                .containsEntry("path", "/base/api/v1/query")
                .containsEntry("query", "query=up%7B%7D")
                .containsEntry("authorization", "Bearer " + TOKEN)
                .containsEntry("cookie", "null");
        send(
                HttpRequest.newBuilder(URI.create(listener.address() + PROXY + "query_range"))
                        .POST(HttpRequest.BodyPublishers.ofString("query=up&step=15")));
        assertThat(seen).containsEntry("body", "query=up&step=15");
        assertThat(get(PROXY + "query?query=bad").statusCode()).isEqualTo(400);
    }

    @Test
    void onlyWhatReadsIsPassedOn() throws Exception {
        for (String path :
                List.of(
                        "admin/tsdb/delete_series",
                        "write",
                        "../../metrics",
                        "%2e%2e/%2e%2e/metrics",
                        "label/a%2Fb/values",
                        "label/../query/values",
                        "query/")) {
            HttpResponse<String> answer = get(PROXY + path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(seen).as(path).isEmpty();
        }
        assertThat(get("/api/datasources/none/proxy/api/v1/query").statusCode()).isEqualTo(404);
        HttpResponse<String> posted =
                send(
                        HttpRequest.newBuilder(URI.create(listener.address() + PROXY + "rules"))
                                .POST(HttpRequest.BodyPublishers.ofString("")));
        assertThat(posted.body()).contains("datasource_path");
    }

    @Test
    void othersTenantsSourcesAreNotThere() throws Exception {
        String acme = "/api/datasources/acme/proxy/loki/api/v1/labels";
        assertThat(get(acme).statusCode()).isEqualTo(404);
        tenant = new Tenant("acme");
        assertThat(get(acme).statusCode()).isEqualTo(200);
        assertThat(get(PROXY + "labels").statusCode()).isEqualTo(404);
    }

    @Test
    void aBadPeerIsToldInWords() throws Exception {
        assertThat(get("/api/datasources/gone/proxy/api/v1/query").body())
                .contains("datasource_unreachable", "gone");
        HttpResponse<String> slow = get(PROXY + "query?query=slow");
        assertThat(slow.statusCode()).isEqualTo(504);
        assertThat(slow.body()).contains("datasource_timeout");
        assertThat(get(PROXY + "query?query=drip").body()).contains("datasource_timeout");
        assertThat(get(PROXY.replace("mimir", "patient") + "query?query=large").body())
                .contains("datasource_answer_too_large");
        HttpResponse<String> away = get(PROXY + "query?query=away");
        assertThat(away.statusCode()).isEqualTo(502);
        assertThat(away.body()).contains("datasource_refused", "leads elsewhere");
        HttpResponse<String> refused = get(PROXY + "query?query=refused");
        assertThat(refused.statusCode()).as("not a login of ours").isEqualTo(502);
        assertThat(refused.body()).contains("credentials").doesNotContain(TOKEN);
    }

    @Test
    void pagesOfAPeerAreTextHere() throws Exception {
        HttpResponse<String> answer = get(PROXY + "query?query=html");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
}
