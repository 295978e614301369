package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A sample, a log line and a span, pushed as their senders do, and asked for again.
final class Pushes {

    private static final String TRACE_ID = "5b8efff798038103d269b633813fc60c";

    private final long timestampMs;

    /// All at `timestampMs`.
    Pushes(long timestampMs) {
        this.timestampMs = timestampMs;
    }

    /// Pushes each once; fails unless each is acknowledged.
    void push(HttpClient http, URI address) throws Exception {
        HttpRequest sample =
                HttpRequest.newBuilder(address.resolve("/api/v1/write"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                        .POST(BodyPublishers.ofByteArray(snappy(writeRequest())))
                        .build();
        assertThat(send(http, sample).statusCode()).isBetween(200, 204);
        String line =
                "{\"streams\":[{\"stream\":{\"app\":\"a\"},\"values\":[[\"%d000000\",\"hello\"]]}]}"
                        .formatted(timestampMs);
        assertThat(send(http, json(address.resolve("/loki/api/v1/push"), line)).statusCode())
                .isEqualTo(204);
        String span =
                """
                {"resourceSpans":[{"resource":{"attributes":[
                {"key":"service.name","value":{"stringValue":"capture"}}]},
                "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"eee19b7ec3c1b174",
                "name":"segment","startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000001"}]}]}]}\
                """
                        .formatted(TRACE_ID, timestampMs, timestampMs);
        assertThat(send(http, json(address.resolve("/v1/traces"), span)).statusCode())
                .isEqualTo(200);
    }

    /// Fails unless each is answered, once.
    void check(HttpClient http, URI address) throws Exception {
        check(http, address, "{app=\"a\"}");
    }

    /// The same of a server to which OTLP brought them, where labels of Loki's protocol are fields
    /// of the line.
    void checkForwarded(HttpClient http, URI address) throws Exception {
        check(http, address, "{service_name=~\".+\"}");
    }

    private void check(HttpClient http, URI address, String stream) throws Exception {
        String time = Long.toString(timestampMs / 1000);
        assertThat(get(http, address, "/api/v1/query?query=pushed&time=" + time))
                .contains("\"42\"");
        String logql = URLEncoder.encode(stream + " |= \"ell\"", StandardCharsets.UTF_8);
        String lines =
                get(
                        http,
                        address,
                        "/loki/api/v1/query_range?query=%s&start=%d000000&end=%d000000"
                                .formatted(logql, timestampMs - 10_000, timestampMs + 10_000));
        assertThat(lines).containsOnlyOnce("hello");
        assertThat(get(http, address, "/jaeger/api/traces/" + TRACE_ID))
                .containsOnlyOnce("\"operationName\":\"segment\"");
    }

    private static HttpRequest json(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    private static String get(HttpClient http, URI address, String path) throws Exception {
        return send(http, HttpRequest.newBuilder(address.resolve(path)).build()).body();
    }

    /// `pushed 42` as a `prometheus.WriteRequest`: one series of one label and one sample.
    private byte[] writeRequest() {
        ByteBuffer sample = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        sample.put((byte) 0x09).putDouble(42).put((byte) 0x10);
        for (long rest = timestampMs; ; rest >>>= 7) {
            sample.put((byte) (rest < 0x80 ? rest : rest & 0x7f | 0x80));
            if (rest < 0x80) {
                break;
            }
        }
        byte[] label = field(1, concat(field(1, text("__name__")), field(2, text("pushed"))));
        byte[] one = new byte[sample.flip().remaining()];
        sample.get(one);
        return field(1, concat(label, field(2, one)));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    /// A field of bytes, shorter than 128.
    private static byte[] field(int number, byte[] value) {
        return ByteBuffer.allocate(value.length + 2)
                .put((byte) (number << 3 | 2))
                .put((byte) value.length)
                .put(value)
                .array();
    }

    /// The bytes, at most 60, as one literal of snappy's block format.
    private static byte[] snappy(byte[] plain) {
        assertThat(plain.length).isLessThanOrEqualTo(60);
        return ByteBuffer.allocate(plain.length + 2)
                .put((byte) plain.length)
                .put((byte) (plain.length - 1 << 2))
                .put(plain)
                .array();
    }
}
