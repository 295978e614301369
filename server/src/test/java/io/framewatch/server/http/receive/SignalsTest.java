package io.framewatch.server.http.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedOutputStream;
import io.framewatch.model.Clock;
import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xerial.snappy.Snappy;

/// Logs and traces in over HTTP and gRPC, and out over Loki's and Jaeger's interfaces.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignalsTest {

    private static final int BODY_BYTES_MAX = 1_000_000;

    /// A minute ago, Unix seconds.
    private static final long T = Clock.system().nowMs() / 1000 - 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Framewatch framewatch =
            Framewatch.start(
                    settings()
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withGrpc(GrpcSettings.at(new ListenSettings("127.0.0.1", 0, true)))
                            .withLimits(limits()));

    /// Where the data is kept.
    Settings settings() {
        return Settings.DEFAULT.withStore(TestFolders.store());
    }

    private static LimitSettings limits() {
        LimitSettings usual = LimitSettings.DEFAULT;
        return new LimitSettings(
                BODY_BYTES_MAX,
                usual.connectionsMax(),
                usual.readTimeoutMs(),
                usual.requestsMax(),
                usual.queryTimeoutMs(),
                usual.querySeriesMax(),
                usual.querySamplesMax(),
                usual.viewersMax());
    }

    @AfterAll
    void stop() {
        framewatch.close();
        http.close();
    }

    private HttpResponse<String> post(String path, byte[] body, String... headers)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(framewatch.address().resolve(path))
                        .headers(headers.length == 0 ? new String[] {"X", "y"} : headers)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        URI uri = framewatch.address().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static String push(String app, String line) {
        return "{\"streams\":[{\"stream\":{\"app\":\"%s\"},\"values\":[[\"%d000000001\",\"%s\"]]}]}"
                .formatted(app, T, line);
    }

    private String lines(String logql) throws Exception {
        return get(
                "/loki/api/v1/query_range?query="
                        + URLEncoder.encode(logql, StandardCharsets.UTF_8)
                        + "&start="
                        + (T - 10)
                        + "&end="
                        + (T + 10));
    }

    @Test
    void aPushedLineComesBackThroughLokisQueries() throws Exception {
        HttpResponse<String> pushed =
                post(
                        "/loki/api/v1/push",
                        bytes(push("json", "hello")),
                        "Content-Type",
                        "application/json");
        assertThat(pushed.statusCode()).isEqualTo(204);
        assertThat(lines("{app=\"json\"} |= \"hell\""))
                .contains("\"resultType\":\"streams\"")
                .contains("{\"app\":\"json\"}")
                .contains("[\"" + T + "000000001\",\"hello\"]");
        assertThat(lines("{app=\"json\"} |= \"other\"")).contains("\"result\":[]");
        assertThat(get("/loki/api/v1/labels?start=" + (T - 10) + "&end=" + (T + 10)))
                .contains("\"app\"");
        assertThat(get("/loki/api/v1/label/app/values?start=" + (T - 10) + "&end=" + (T + 10)))
                .contains("\"json\"");
    }

    @Test
    void compressedPushesAreUnpackedWithinTheLimit() throws Exception {
        byte[] body = bytes(push("gz", "packed"));
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        gzip(body),
                                        "Content-Type",
                                        "application/json",
                                        "Content-Encoding",
                                        "gzip")
                                .statusCode())
                .isEqualTo(204);
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        Zstd.compress(body),
                                        "Content-Type",
                                        "application/json",
                                        "Content-Encoding",
                                        "zstd")
                                .statusCode())
                .isEqualTo(204);
        byte[] zeros = new byte[BODY_BYTES_MAX * 50];
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        gzip(zeros),
                                        "Content-Type",
                                        "application/json",
                                        "Content-Encoding",
                                        "gzip")
                                .statusCode())
                .isEqualTo(413);
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        Zstd.compress(zeros),
                                        "Content-Type",
                                        "application/json",
                                        "Content-Encoding",
                                        "zstd")
                                .statusCode())
                .isEqualTo(413);
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        Snappy.compress(zeros),
                                        "Content-Type",
                                        "application/x-protobuf")
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void garbageIsRefusedWithAReasonAndStoresNothing() throws Exception {
        byte[] garbage = new byte[500];
        new Random(7).nextBytes(garbage);
        for (String type : List.of("application/json", "application/x-protobuf")) {
            HttpResponse<String> answer = post("/loki/api/v1/push", garbage, "Content-Type", type);
            assertThat(answer.statusCode()).as(type).isEqualTo(400);
            assertThat(answer.body()).isNotBlank();
            assertThat(post("/v1/traces", garbage, "Content-Type", type).statusCode())
                    .as(type)
                    .isEqualTo(400);
            assertThat(post("/v1/logs", garbage, "Content-Type", type).statusCode())
                    .as(type)
                    .isEqualTo(400);
        }
        assertThat(post("/loki/api/v1/push", garbage, "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
        assertThat(post("/v1/traces", garbage, "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
        byte[] cut = gzip(bytes(push("cut", "x")));
        assertThat(
                        post(
                                        "/loki/api/v1/push",
                                        Arrays.copyOf(cut, cut.length / 2),
                                        "Content-Type",
                                        "application/json",
                                        "Content-Encoding",
                                        "gzip")
                                .statusCode())
                .isEqualTo(400);
        assertThat(lines("{app=\"cut\"}")).contains("\"result\":[]");
    }

    private static String trace(String id) {
        return """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"capture"}}]},
        "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"eee19b7ec3c1b174","name":"segment",
        "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d500000000"}]}]}]}\
        """
                .formatted(id, T, T);
    }

    @Test
    void aTraceComesBackThroughJaegersInterface() throws Exception {
        String id = "5b8efff798038103d269b633813fc60c";
        HttpResponse<String> exported =
                post("/v1/traces", bytes(trace(id)), "Content-Type", "application/json");
        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.body()).isEqualTo("{}");
        assertThat(get("/jaeger/api/traces/" + id))
                .contains("\"traceID\":\"" + id + "\"")
                .contains("\"operationName\":\"segment\"")
                .contains("\"startTime\":" + T + "000000,\"duration\":500000")
                .contains("\"processes\":{\"p1\":{\"serviceName\":\"capture\"");
        assertThat(get("/jaeger/api/services")).contains("\"capture\"");
        assertThat(get("/jaeger/api/services/capture/operations")).contains("\"segment\"");
        assertThat(
                        get(
                                "/jaeger/api/traces?service=capture&start="
                                        + (T - 1)
                                        + "000000&end="
                                        + (T + 1)
                                        + "000000"))
                .contains(id);
        assertThat(get("/jaeger/api/traces/ffffffffffffffffffffffffffffffff"))
                .contains("trace not found");
    }

    @Test
    void badSpansAreCountedAsAPartialSuccess() throws Exception {
        HttpResponse<String> exported =
                post(
                        "/v1/traces",
                        bytes(trace("00".repeat(16))),
                        "Content-Type",
                        "application/json");
        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.body()).contains("\"rejectedSpans\":\"1\"").contains("trace id");
    }

    @Test
    void grpcTakesTheSameRequestsAndAsksForTheRightToken() {
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(framewatch.grpcAddress().orElseThrow())
                        .usePlaintext()
                        .build();
        try {
            TraceServiceGrpc.TraceServiceBlockingStub spans =
                    TraceServiceGrpc.newBlockingStub(channel).withCompression("gzip");
            assertThat(
                            spans.export(ExportTraceServiceRequest.getDefaultInstance())
                                    .hasPartialSuccess())
                    .isFalse();
            assertThat(
                            LogsServiceGrpc.newBlockingStub(channel)
                                    .export(ExportLogsServiceRequest.getDefaultInstance())
                                    .hasPartialSuccess())
                    .isFalse();
            Metadata wrong = new Metadata();
            wrong.put(
                    io.grpc.Metadata.Key.of(
                            "authorization", io.grpc.Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer wrong");
            StatusRuntimeException refused =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () ->
                                    spans.withInterceptors(
                                                    io.grpc.stub.MetadataUtils
                                                            .newAttachHeadersInterceptor(wrong))
                                            .export(
                                                    ExportTraceServiceRequest
                                                            .getDefaultInstance()));
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        } finally {
            channel.shutdownNow();
        }
    }

    /// `up{job="pushed"} 42` at second T as a `prometheus.WriteRequest`.
    private static byte[] writeRequest() throws Exception {
        byte[] name = join(text(1, "__name__"), text(2, "pushed"));
        byte[] job = join(text(1, "job"), text(2, "x"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream sample = CodedOutputStream.newInstance(bytes);
        sample.writeDouble(1, 42);
        sample.writeInt64(2, T * 1000);
        sample.flush();
        return message(1, join(message(1, name), message(1, job), message(2, bytes.toByteArray())));
    }

    private static byte[] message(int field, byte[] inner) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(field, inner);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] text(int field, String text) throws Exception {
        return message(field, bytes(text));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    @Test
    void remoteWriteIsStoredAndToldWhatWasWritten() throws Exception {
        byte[] packed = Snappy.compress(writeRequest());
        String[] headers = {"Content-Type", "application/x-protobuf", "Content-Encoding", "snappy"};
        HttpResponse<String> written = post("/api/v1/write", packed, headers);
        assertThat(written.statusCode()).isEqualTo(204);
        assertThat(written.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
                .hasValue("1");
        assertThat(get("/api/v1/query?query=pushed&time=" + T)).contains("\"42\"");
        byte[] cut = Snappy.compress(Arrays.copyOf(writeRequest(), 20));
        assertThat(post("/api/v1/write", cut, headers).statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/write", new byte[] {1, 2, 3}, headers).statusCode())
                .isEqualTo(400);
        String other = "application/x-protobuf;proto=other.Request";
        assertThat(
                        post(
                                        "/api/v1/write",
                                        packed,
                                        "Content-Type",
                                        other,
                                        "Content-Encoding",
                                        "snappy")
                                .statusCode())
                .isEqualTo(415);
    }

    /// The samples that stand already, with another value, are left out and told.
    @Test
    void remoteWrite2TellsWhatIsWrittenAndWhatIsNot() throws Exception {
        String[] headers = {"Content-Type", Way.REMOTE_WRITE_2.type, "Content-Encoding", "snappy"};
        long nowNs = Clock.system().nowMs() * 1_000_000; // where every store sees conflicts at once
        byte[] good = Way.REMOTE_WRITE_2.plain("pushed2", nowNs);
        HttpResponse<String> written = post("/api/v1/write", Snappy.compress(good), headers);
        assertThat(written.statusCode()).isEqualTo(204);
        assertThat(written.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
                .hasValue("1");
        assertThat(written.headers().firstValue("X-Prometheus-Remote-Write-Histograms-Written"))
                .hasValue("0");
        assertThat(written.headers().firstValue("X-Prometheus-Remote-Write-Exemplars-Written"))
                .hasValue("0");
        assertThat(get("/api/v1/metadata?metric=pushed2"))
                .contains("\"type\":\"gauge\",\"help\":\"Help of pushed2\"");
        byte[] other = Way.REMOTE_WRITE.plain("pushed2", nowNs);
        for (int i = 0; i + 8 < other.length; i++) {
            if (other[i] == 0x45 && other[i + 1] == 0x40) { // 42.0, little endian: ... 45 40
                other[i] = 0x46;
            }
        }
        HttpResponse<String> conflict =
                post(
                        "/api/v1/write",
                        Snappy.compress(other),
                        "Content-Type",
                        "application/x-protobuf");
        assertThat(conflict.statusCode()).isEqualTo(400);
        assertThat(conflict.body()).contains("1 samples differ");
        assertThat(conflict.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
                .hasValue("0");
    }

    @Test
    void remoteReadAnswersWithSamples() throws Exception {
        byte[] sample = Way.REMOTE_WRITE.plain("read_back", T * 1_000_000_000L);
        post("/api/v1/write", Snappy.compress(sample), "Content-Type", "application/x-protobuf");
        WireBytes matcher = new WireBytes().varint(1, 2).text(2, "__name__").text(3, "read_.+");
        WireBytes query =
                new WireBytes()
                        .varint(1, T * 1000 - 5_000)
                        .varint(2, T * 1000 + 5_000)
                        .message(3, matcher);
        byte[] ask = new WireBytes().message(1, query).varint(2, 1).varint(2, 0).bytes();
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(framewatch.address().resolve("/api/v1/read"))
                                .header("Content-Type", "application/x-protobuf")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(Snappy.compress(ask)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("snappy");
        // a write request of the same series is a result of the same bytes
        byte[] expected = new WireBytes().raw(1, sample).bytes();
        assertThat(Snappy.uncompress(answer.body())).isEqualTo(expected);
        byte[] chunks = new WireBytes().message(1, query).varint(2, 1).bytes();
        HttpResponse<String> refused = post("/api/v1/read", Snappy.compress(chunks));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("SAMPLES");
        assertThat(post("/api/v1/read", new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    }
}
