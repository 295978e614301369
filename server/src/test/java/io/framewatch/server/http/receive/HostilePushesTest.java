package io.framewatch.server.http.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.framewatch.model.Clock;
import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What must not hurt, sent to every endpoint that takes data: refused with a reason, or taken as
/// far as it can be, and a good push right after is stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostilePushesTest {

    private static final int BODY_BYTES_MAX = 200_000;
    private static final long NOW_NS = Clock.system().nowMs() / 1000 * 1_000_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Framewatch framewatch =
            Framewatch.start(
                    Settings.DEFAULT
                            .withStore(TestFolders.store())
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withGrpc(GrpcSettings.OFF)
                            .withLimits(limits()));
    private int names;

    private static LimitSettings limits() {
        LimitSettings usual = LimitSettings.DEFAULT;
        return new LimitSettings(
                BODY_BYTES_MAX,
                usual.connectionsMax(),
                500,
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

    private HttpResponse<String> send(Way way, BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(framewatch.address().resolve(way.path)).POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(Way way, byte[] packed) throws Exception {
        return send(way, BodyPublishers.ofByteArray(packed), "Content-Type", way.type);
    }

    private HttpResponse<String> encoded(Way way, byte[] body, String encoding) throws Exception {
        return send(
                way,
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                way.type,
                "Content-Encoding",
                encoding);
    }

    private String ask(String question) throws Exception {
        URI uri = framewatch.address().resolve(question);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String fresh(Way way) {
        return "n" + names++ + "_" + way.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void goodIsStored(Way way, long timeNs) throws Exception {
        String name = fresh(way);
        HttpResponse<String> answer = send(way, way.packed(way.plain(name, timeNs)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        assertThat(answer.body()).doesNotContain("rejected");
        assertThat(ask(way.question(name, timeNs))).contains(way.seen(name));
    }

    private static void isRefused(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isNotBlank();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void goodDataIsStored(Way way) throws Exception {
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void garbage(Way way) throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(400)];
            random.nextBytes(garbage);
            garbage[0] = (byte) 0xff;
            isRefused(send(way, garbage), 400);
            isRefused(send(way, way.packed(garbage)), 400);
        }
        goodIsStored(way, NOW_NS);
    }

    /// A message cut between two fields is a shorter message, so some cuts are taken; none is an
    /// error of the server.
    @ParameterizedTest
    @EnumSource
    void cutAtEveryByte(Way way) throws Exception {
        byte[] plain = way.plain("cut_" + way, NOW_NS);
        int refused = 0;
        for (int length = 0; length < plain.length; length++) {
            HttpResponse<String> answer = send(way, way.packed(Arrays.copyOf(plain, length)));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204, 400);
            refused += answer.statusCode() == 400 ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(plain.length / 2);
        byte[] packed = way.packed(plain);
        for (int length = 1; way.snappy && length < packed.length; length++) {
            isRefused(send(way, Arrays.copyOf(packed, length)), 400);
        }
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REMOTE_WRITE", "REMOTE_WRITE_2", "LOKI"})
    void cutCompression(Way way) throws Exception {
        byte[] plain = way.plain("packed", NOW_NS);
        for (Map.Entry<String, byte[]> packed :
                Map.of("gzip", gzip(plain), "zstd", Zstd.compress(plain)).entrySet()) {
            byte[] whole = packed.getValue();
            assertThat(encoded(way, whole, packed.getKey()).statusCode()).isIn(200, 204);
            isRefused(encoded(way, Arrays.copyOf(whole, whole.length / 2), packed.getKey()), 400);
            isRefused(encoded(way, plain, packed.getKey()), 400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void compressionBomb(Way way) throws Exception {
        byte[] zeros = new byte[BODY_BYTES_MAX * 20];
        if (way.snappy) {
            isRefused(send(way, way.packed(zeros)), 413);
            byte[] lies = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0, 0};
            assertThat(send(way, lies).statusCode()).isIn(400, 413);
        } else {
            isRefused(encoded(way, gzip(zeros), "gzip"), 413);
            isRefused(encoded(way, Zstd.compress(zeros), "zstd"), 413);
        }
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void oversize(Way way) throws Exception {
        byte[] big = new byte[BODY_BYTES_MAX + 1];
        Arrays.fill(big, (byte) ' ');
        isRefused(send(way, big), 413);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big));
        isRefused(send(way, chunked, "Content-Type", way.type), 413);
        assertThat(announced(way, 50L * BODY_BYTES_MAX)).contains(" 413 ", "request_too_large");
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void wrongTypeAndEncoding(Way way) throws Exception {
        byte[] good = way.packed(way.plain("typed", NOW_NS));
        BodyPublisher body = BodyPublishers.ofByteArray(good);
        isRefused(send(way, body, "Content-Type", "text/plain"), 415);
        isRefused(send(way, body), 415);
        isRefused(encoded(way, good, "br"), 415);
        isRefused(encoded(way, good, "deflate"), 415);
        assertThat(encoded(way, good, "unheard-of").statusCode()).isIn(400, 415);
    }

    /// What comes back when a body of `bytes` is announced and only its beginning sent.
    private String announced(Way way, long bytes) throws IOException {
        int port = framewatch.address().getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String head =
                    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\nabc"
                            .formatted(way.path, way.type, bytes);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            try {
                for (int c = in.read(); c >= 0; c = in.read()) {
                    answer.append((char) c);
                }
            } catch (java.net.SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            return answer.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSenderThatStopsIsCutOff(Way way) throws Exception {
        assertThat(announced(way, 100)).doesNotContain(" 200 ").doesNotContain(" 204 ");
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void lateUnorderedAndRepeated(Way way) throws Exception {
        goodIsStored(way, NOW_NS - 5 * HOUR_NS);
        String name = fresh(way);
        for (long agoNs : List.of(0L, 2 * HOUR_NS, HOUR_NS, HOUR_NS, 0L)) {
            byte[] body = way.packed(way.plain(name, NOW_NS - agoNs));
            HttpResponse<String> answer = send(way, body);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
            assertThat(answer.body()).doesNotContain("rejected");
        }
        assertThat(ask(way.question(name, NOW_NS - 2 * HOUR_NS))).contains(way.seen(name));
        assertThat(ask(way.question(name, NOW_NS))).contains(way.seen(name));
    }

    @ParameterizedTest
    @EnumSource
    void deepNesting(Way way) throws Exception {
        String deep = way.json ? "{\"a\":".repeat(20_000) : "";
        byte[] body = deep.getBytes(StandardCharsets.UTF_8);
        if (!way.json) {
            WireBytes inner = new WireBytes().text(1, "x");
            for (int i = 0; i < 5_000; i++) {
                inner = new WireBytes().message(1 + i % 6, inner);
            }
            body = way.packed(inner.bytes());
        }
        assertThat(send(way, body).statusCode()).isIn(200, 204, 400);
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void tooManyOrTooLongLabels(Way way) throws Exception {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            many.put("label_" + i, "v");
        }
        List<Map<String, String>> cases = new ArrayList<>();
        cases.add(many);
        cases.add(Map.of("x".repeat(20_000), "v"));
        cases.add(Map.of("x", "v".repeat(150_000)));
        for (Map<String, String> labels : cases) {
            String name = fresh(way);
            HttpResponse<String> answer = send(way, way.packed(way.plain(name, NOW_NS, labels)));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204, 400, 413);
            assertThat(answer.body().length()).isLessThan(2_000);
        }
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void brokenText(Way way) throws Exception {
        byte[] plain = way.plain("broken_text", NOW_NS, Map.of("label", "ZZ"));
        for (int i = 0; i + 1 < plain.length; i++) {
            if (plain[i] == 'Z' && plain[i + 1] == 'Z') {
                plain[i] = (byte) 0xc3;
                plain[i + 1] = (byte) 0x28;
            }
        }
        isRefused(send(way, way.packed(plain)), 400);
        goodIsStored(way, NOW_NS);
    }

    @ParameterizedTest
    @EnumSource
    void timesAtTheEnds(Way way) throws Exception {
        for (long timeNs :
                new long[] {Long.MIN_VALUE, -1, 0, 1, NOW_NS + 1_000 * HOUR_NS, Long.MAX_VALUE}) {
            HttpResponse<String> answer = send(way, way.packed(way.plain("ends_" + way, timeNs)));
            assertThat(answer.statusCode()).as(timeNs + answer.body()).isIn(200, 204, 400);
        }
        goodIsStored(way, NOW_NS);
    }
}
