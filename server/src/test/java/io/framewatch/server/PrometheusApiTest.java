package io.framewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.store.MetricStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Prometheus's API over a real listener, byte for byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrometheusApiTest {

    private static final String SUCCESS = "{\"status\":\"success\",\"data\":";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Framewatch framewatch = start();

    private static Framewatch start() {
        try {
            Path rules = Files.createTempFile("rules", ".yml");
            Files.writeString(
                    rules,
                    """
                    groups:
                      - name: live
                        interval: 1h
                        rules:
                          - alert: Dark
                            expr: frames == 0
                            for: 1m
                            labels: {severity: page}
                          - {record: frames:sum, expr: sum(frames)}
                    """);
            Settings base =
                    Settings.DEFAULT
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withStore(TestFolders.store());
            return Framewatch.start(base.withRuleFiles(List.of(rules)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeAll
    void fill() {
        MetricStore store = framewatch.store();
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        for (String cam : List.of("a", "b")) {
            var series =
                    store.series(
                            Tenant.DEFAULT, Labels.of("__name__", "frames", "cam", cam, "x", "<"));
            batch.add(series, 1_000_000, 1);
            batch.add(series, 1_015_500, cam.equals("a") ? 2.5 : Double.NaN);
        }
        store.append(batch);
    }

    @AfterAll
    void stop() {
        framewatch.close();
        http.close();
    }

    private HttpResponse<String> get(String pathAndQuery) throws Exception {
        return send(
                HttpRequest.newBuilder(framewatch.address().resolve("/api/v1/" + pathAndQuery)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void answersGrafanasHealthQuestion() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(framewatch.address().resolve("/api/v1/query?time=4"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("query=1%2B1&time=3.25"));
        assertThat(send(request).body())
                .isEqualTo(SUCCESS + "{\"resultType\":\"scalar\",\"result\":[3.250,\"2\"]}}");
        assertThat(get("status/buildinfo").body()).contains("\"version\":\"3.");
    }

    @Test
    void writesVectorsAsPrometheusDoes() throws Exception {
        assertThat(get("query?query=frames&time=1015.5").body())
                .isEqualTo(
                        SUCCESS
                                + "{\"resultType\":\"vector\",\"result\":["
                                + "{\"metric\":{\"__name__\":\"frames\",\"cam\":\"a\",\"x\":\"\\u003c\"},"
                                + "\"value\":[1015.500,\"2.5\"]},"
                                + "{\"metric\":{\"__name__\":\"frames\",\"cam\":\"b\",\"x\":\"\\u003c\"},"
                                + "\"value\":[1015.500,\"NaN\"]}]}}");
    }

    @Test
    void writesMatricesAndCutsThemWithAWarning() throws Exception {
        HttpResponse<String> answer =
                get("query_range?query=frames&start=1000&end=1030&step=15s&limit=1");
        assertThat(answer.body())
                .isEqualTo(
                        SUCCESS
                                + "{\"resultType\":\"matrix\",\"result\":["
                                + "{\"metric\":{\"__name__\":\"frames\",\"cam\":\"a\",\"x\":\"\\u003c\"},"
                                + "\"values\":[[1000,\"1\"],[1015,\"1\"],[1030,\"2.5\"]]}]},"
                                + "\"warnings\":[\"results truncated due to limit\"]}");
    }

    /// As `curl` and old clients send it: characters that an address should have encoded. Java's
    /// client would not, so the bytes are ours.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/series?match[]=frames&start=0&end=2000 | frames",
                "GET | /api/v1/labels?match[]=frames{cam=\"a\"}&start=0&end=2000 | cam",
                "GET | /api/v1/label/cam/values?match[]={cam=~\"a¦b\"}&start=0&end=2000 | \"b\"",
                "GET | /api/v1/query?query=sum(sum_over_time(frames[15s:5s]))^0<2&time=1000 | success",
                "GET | /api/v1/query?query=count({__name__=\"frames\"})&time=1000 | \"2\"",
                "GET | /loki/api/v1/labels?match[]=x | data",
                "POST | match[]=frames&start=0&end=2000 | frames",
            })
    void takesAddressesThatAreNotEncoded(String method, String text, String expected)
            throws Exception {
        boolean post = method.equals("POST");
        String target = post ? "/api/v1/series" : text.replace('¦', '|');
        String body = post ? text : "";
        String type = "application/x-www-form-urlencoded";
        String request =
                "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(method, target, type, body.length(), body);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), framewatch.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query?query=sum( | 400 | bad_data",
                "query?query=up&time=x | 400 | bad_data",
                "query_range?query=up&start=0&end=1000000&step=1 | 400 | bad_data",
                "query_range?query=up&start=10&end=0&step=1 | 400 | bad_data",
                "query_range?query=up&start=0&end=10&step=0 | 400 | bad_data",
                "query?query=up&limit=-1 | 400 | bad_data",
                "query?query=frames%20%2B%20on()%20frames&time=1000 | 422 | execution",
                "series | 400 | bad_data",
                "labels?match[]=1 | 400 | bad_data",
                "rules?type=x | 400 | bad_data"
            })
    void tellsWhoseFaultItIs(String path, int status, String type) throws Exception {
        HttpResponse<String> answer = get(path.replace("[]", "%5B%5D"));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"")
                .contains("\"framewatch\":{\"code\":", "\"turn\":\"caller\",\"todo\":\"");
    }

    @Test
    void tellsWhereAQueryIsWrongAndHowToMendIt() throws Exception {
        HttpResponse<String> answer = get("parse_query?query=rat(up%5B1m%5D)");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("1:1: parse error: unknown function")
                .contains("\"code\":\"promql_parse\"")
                .containsPattern("\"todo\":\"[^\"]*rate");
    }

    @Test
    void listsSeriesLabelsAndValues() throws Exception {
        String range = "start=900&end=1100";
        String match = encode("match[]") + "=" + encode("frames{cam=\"a\"}");
        assertThat(get("series?" + match + "&" + range).body())
                .isEqualTo(
                        SUCCESS + "[{\"__name__\":\"frames\",\"cam\":\"a\",\"x\":\"\\u003c\"}]}");
        assertThat(get("labels?" + range + "&" + match).body())
                .isEqualTo(SUCCESS + "[\"__name__\",\"cam\",\"x\"]}");
        assertThat(get("label/cam/values?" + range).body()).isEqualTo(SUCCESS + "[\"a\",\"b\"]}");
        assertThat(get("label/cam/values?limit=1&" + range).body())
                .contains("[\"a\"],\"warnings\"");
    }

    @Test
    void listsRulesWithTheirState() throws Exception {
        assertThat(get("rules").body())
                .startsWith(SUCCESS + "{\"groups\":[{\"name\":\"live\",\"file\":")
                .contains("\"name\":\"Dark\",\"query\":\"frames == 0\",\"duration\":60,")
                .contains("\"labels\":{\"severity\":\"page\"}")
                .contains("\"interval\":3600,\"limit\":0");
        assertThat(get("rules?type=record").body()).contains("frames:sum").doesNotContain("Dark");
        assertThat(get("alerts").body()).isEqualTo(SUCCESS + "{\"alerts\":[]}}");
    }

    @Test
    void formatsQueries() throws Exception {
        assertThat(get("format_query?query=" + encode("sum( frames ) by(cam)")).body())
                .isEqualTo(SUCCESS + "\"sum by (cam) (frames)\"}");
    }

    @Test
    void compressesForWhoeverTakesIt() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(framewatch.address().resolve("/metrics"))
                        .header("Accept-Encoding", "gzip")
                        .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("# TYPE framewatch_http_requests_total counter");
        }
    }

    @Test
    void knowsItsOwnMetrics() throws Exception {
        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        assertThat(get("query?query=up").body())
                                .contains("\"job\":\"framewatch\"")
                                .contains("\"1\"]"));
    }
}
