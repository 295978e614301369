package io.framewatch.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bodies that are too large, lie about themselves, or never come.
final class HostileClientsTest {

    private static final int BODY_BYTES_MAX = 10_000;

    private final HttpListener listener =
            HttpListener.start(
                    new ListenSettings("127.0.0.1", 0, true),
                    new LimitSettings(BODY_BYTES_MAX, 50, 500, 20, 1_000, 1, 1, 1),
                    List.of(),
                    List.of(rules ->
                            rules.post(
                                    "/take",
                                    (req, res) ->
                                            res.send(
                                                    Integer.toString(
                                                            Bodies.read(req, BODY_BYTES_MAX)
                                                                    .length)))));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        listener.close();
        http.close();
    }

    private HttpResponse<String> post(byte[] body, String encoding) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(listener.address().resolve("/take"))
                        .header("Content-Encoding", encoding)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void takesWhatFits() throws Exception {
        assertThat(post(new byte[9_000], "identity").body()).isEqualTo("9000");
        assertThat(post(gzip(new byte[9_000]), "gzip").body()).isEqualTo("9000");
    }

    @Test
    void aCompressionBombIsCutOff() throws Exception {
        byte[] bomb = gzip(new byte[5_000_000]);
        assertThat(bomb.length).isLessThan(BODY_BYTES_MAX);
        assertThat(post(bomb, "gzip").statusCode()).isEqualTo(413);
    }

    @Test
    void garbageIsTheCallersFault() throws Exception {
        assertThat(post(new byte[] {1, 2, 3, 4}, "gzip").statusCode()).isEqualTo(400);
        byte[] whole = gzip(new byte[9_000]);
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(post(half, "gzip").statusCode()).isEqualTo(400);
        assertThat(post(new byte[4], "br").statusCode()).isEqualTo(415);
        assertThat(post(new byte[4], "strange").statusCode()).isBetween(400, 415);
    }

    @Test
    void oversizeIsRefused() throws Exception {
        assertThat(post(new byte[50_000], "identity").statusCode()).isEqualTo(413);
    }

    @Test
    void aSilentSenderIsCutOff() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain(" 200 ");
        }
        assertThat(post(new byte[10], "identity").body()).isEqualTo("10");
    }
}
