package io.framewatch.server.http.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two tenants send by every way in; by every way out each sees its own and nothing of the other.
/// Everything a tenant sends carries its mark in names, labels, values and texts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenantsTest {

    private static final String RED = "token-of-tenant-red-0123";
    private static final String BLUE = "token-of-tenant-blue-012";
    private static final String PROXY = "token-of-the-proxy-01234";
    private static final long NOW_S = Clock.system().nowMs() / 1000;
    private static final long NOW_NS = NOW_S * 1_000_000_000L;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Framewatch framewatch = start();

    private static Framewatch start() {
        try {
            Path tokens = Files.createTempFile("tokens", ".txt");
            Files.writeString(
                    tokens,
                    RED + " red operator\n" + BLUE + " blue operator\n" + PROXY + " edge proxy\n");
            AccessSettings usual = AccessSettings.DEFAULT;
            return Framewatch.start(
                    Settings.DEFAULT
                            .withStore(TestFolders.store())
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withGrpc(GrpcSettings.at(new ListenSettings("127.0.0.1", 0, true)))
                            .withAccess(
                                    new AccessSettings(
                                            tokens,
                                            usual.sessionsMax(),
                                            usual.sessionIdleMs(),
                                            usual.sessionMaxMs(),
                                            usual.loginLinkMs())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() {
        framewatch.close();
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token, String... headers)
            throws Exception {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token, String... headers)
            throws Exception {
        return send(HttpRequest.newBuilder(framewatch.address().resolve(path)), token, headers);
    }

    private HttpResponse<String> push(Way way, String mark, String token, String... headers)
            throws Exception {
        String name = mark + "_" + way.name().toLowerCase(Locale.ROOT);
        byte[] body = way.packed(way.plain(name, NOW_NS, Map.of(mark + "_label", mark + "_value")));
        return send(
                HttpRequest.newBuilder(framewatch.address().resolve(way.path))
                        .header("Content-Type", way.type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                token,
                headers);
    }

    @BeforeAll
    void fill() throws Exception {
        for (Map.Entry<String, String> tenant : Map.of("red", RED, "blue", BLUE).entrySet()) {
            for (Way way : Way.values()) {
                HttpResponse<String> answer = push(way, tenant.getKey(), tenant.getValue());
                assertThat(answer.statusCode()).as(way + answer.body()).isIn(200, 204);
            }
            grpc(tenant.getKey(), tenant.getValue());
            job(tenant.getKey(), tenant.getValue());
        }
    }

    private void job(String mark, String token) throws Exception {
        URI path = framewatch.address().resolve("/metrics/job/" + mark + "_job");
        String metric = "%s_pushed{%s_label=\"x\"} 1\n".formatted(mark, mark);
        HttpRequest.Builder put =
                HttpRequest.newBuilder(path).PUT(HttpRequest.BodyPublishers.ofString(metric));
        assertThat(send(put, token).statusCode()).isEqualTo(200);
        String question = "/api/v1/query?query=" + mark + "_pushed";
        assertThat(get(question, token).body()).contains(mark + "_job", "push");
        HttpRequest.Builder bad =
                HttpRequest.newBuilder(path).POST(HttpRequest.BodyPublishers.ofString("x{ 1 99\n"));
        assertThat(send(bad, token).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/query?query=push_failure_time_seconds%3E0", token).body())
                .contains(mark + "_job");
    }

    private void grpc(String mark, String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        var attach = MetadataUtils.newAttachHeadersInterceptor(headers);
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(framewatch.grpcAddress().orElseThrow())
                        .usePlaintext()
                        .build();
        String name = mark + "_grpc";
        Map<String, String> labels = Map.of(mark + "_label", mark + "_value");
        try {
            MetricsServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(attach)
                    .export(
                            (ExportMetricsServiceRequest)
                                    Way.request(Way.Signal.METRICS, name, NOW_NS, labels));
            LogsServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(attach)
                    .export(
                            (ExportLogsServiceRequest)
                                    Way.request(Way.Signal.LOGS, name, NOW_NS, labels));
            TraceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(attach)
                    .export(
                            (ExportTraceServiceRequest)
                                    Way.request(Way.Signal.TRACES, name, NOW_NS, labels));
        } finally {
            channel.shutdownNow();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Every question, and whether a tenant finds its own data by it.
    private static List<Question> questions() {
        String all = encode("{__name__=~\".+\"}");
        String range = "&start=" + (NOW_S - 60) + "&end=" + (NOW_S + 60);
        List<Question> list = new ArrayList<>();
        list.add(new Question("/api/v1/query?query=" + all + "&time=" + (NOW_S + 1), true));
        list.add(new Question("/api/v1/query_range?step=15&query=" + all + range, true));
        list.add(new Question("/api/v1/series?match[]=" + all + range, true));
        list.add(new Question("/federate?match[]=" + all, true));
        list.add(new Question("/api/v1/targets/metadata", false));
        list.add(new Question("/api/v1/labels?x=" + range, true));
        list.add(new Question("/api/v1/label/__name__/values?x=" + range, true));
        list.add(new Question("/api/v1/metadata", true));
        list.add(new Question("/api/v1/query_exemplars?query=" + all + range, false));
        list.add(new Question("/api/v1/status/tsdb?limit=1000", true));
        for (String path : List.of("rules", "alerts", "targets", "scrape_pools")) {
            list.add(new Question("/api/v1/" + path, false));
        }
        String streams = encode("{service_name=~\".+\"}");
        list.add(new Question("/loki/api/v1/query_range?query=" + streams + range, true));
        String count =
                encode("sum by (service_name) (count_over_time({service_name=~\".+\"}[5m]))");
        list.add(new Question("/loki/api/v1/query?query=" + count + "&time=" + (NOW_S + 1), true));
        list.add(new Question("/loki/api/v1/labels?x=" + range, true));
        list.add(new Question("/loki/api/v1/label/service_name/values?x=" + range, true));
        list.add(new Question("/loki/api/v1/series?match[]=" + streams + range, true));
        list.add(new Question("/jaeger/api/services", true));
        for (String mark : List.of("red", "blue")) {
            String service = mark + "_otlp_traces";
            list.add(new Question("/jaeger/api/traces?service=" + service, false));
            list.add(new Question("/jaeger/api/services/" + service + "/operations", false));
            list.add(new Question("/jaeger/api/operations?service=" + service, false));
            list.add(new Question("/jaeger/api/traces/" + traceId(mark + "_otlp_traces"), false));
        }
        for (String path : List.of("/api/inbox", "/api/now", "/metrics", "/api/v1/status/config")) {
            list.add(new Question(path, false));
        }
        return list;
    }

    private static String traceId(String name) {
        ExportTraceServiceRequest request =
                (ExportTraceServiceRequest) Way.request(Way.Signal.TRACES, name, 1, Map.of());
        byte[] id =
                request.getResourceSpans(0).getScopeSpans(0).getSpans(0).getTraceId().toByteArray();
        return java.util.HexFormat.of().formatHex(id);
    }

    /// A way out.
    record Question(String path, boolean found) {}

    @ParameterizedTest
    @MethodSource("questions")
    void eachSeesItsOwnAndNothingElse(Question question) throws Exception {
        String red = get(question.path(), RED).body();
        String blue = get(question.path(), BLUE).body();
        String nobody = get(question.path(), "").body();
        String asked = question.path();
        boolean aboutRed = asked.contains("red_");
        boolean aboutBlue = asked.contains("blue_");
        assertThat(red).doesNotContain(aboutBlue ? "blue_label" : "blue_");
        assertThat(blue).doesNotContain(aboutRed ? "red_label" : "red_");
        assertThat(nobody).doesNotContain("red_label", "blue_label", "red_value", "blue_value");
        if (question.found()) {
            assertThat(red).contains("red_");
            assertThat(blue).contains("blue_");
        }
        if (asked.endsWith("traces?service=red_otlp_traces")) {
            assertThat(red).contains("red_label");
        }
    }

    @Test
    void everyWayInLedToItsOwnTenant() throws Exception {
        for (Way way : Way.values()) {
            String name = "red_" + way.name().toLowerCase(Locale.ROOT);
            String question = way.question(name, NOW_NS);
            assertThat(get(question, RED).body()).as(way.name()).contains(way.seen(name));
            assertThat(get(question, BLUE).body()).as(way.name()).doesNotContain(way.seen(name));
            assertThat(get(question, "").body()).as(way.name()).doesNotContain(way.seen(name));
        }
    }

    @Test
    void whatIsTheServersOwnIsNotForOtherTenants() throws Exception {
        for (String path :
                List.of(
                        "/api/now",
                        "/api/now/events",
                        "/api/streams/x/thumbnail.jpg",
                        "/live/x/y.ts",
                        "/metrics",
                        "/api/v1/status/config",
                        "/api/v1/status/flags")) {
            HttpResponse<String> answer = get(path, RED);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("tenant_refused");
        }
        assertThat(get("/metrics", "").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAnAuthenticatedProxyNamesTheTenant() throws Exception {
        String question = "/api/v1/label/__name__/values";
        assertThat(get(question, PROXY, "X-Scope-OrgID", "red").body())
                .contains("red_")
                .doesNotContain("blue_");
        assertThat(get(question, PROXY).body()).doesNotContain("red_", "blue_");
        assertThat(get(question, RED, "X-Scope-OrgID", "red").body()).contains("red_");
        HttpResponse<String> foreign = get(question, RED, "X-Scope-OrgID", "blue");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("tenant_refused").doesNotContain("blue_");
        assertThat(get(question, "", "X-Scope-OrgID", "red").body()).doesNotContain("\"red_");
        assertThat(get(question, PROXY, "X-Scope-OrgID", "a|b").statusCode()).isEqualTo(400);
        assertThat(push(Way.LOKI_JSON, "green", PROXY, "X-Scope-OrgID", "green").statusCode())
                .isEqualTo(204);
        String pushed = Way.LOKI_JSON.question("green_loki_json", NOW_NS);
        assertThat(get(pushed, PROXY, "X-Scope-OrgID", "green").body()).contains("line of green");
        assertThat(get(pushed, PROXY).body()).doesNotContain("line of green");
    }
}
