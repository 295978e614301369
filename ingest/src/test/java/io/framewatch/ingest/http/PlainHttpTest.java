package io.framewatch.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a server that sends exactly the bytes it is told to.
class PlainHttpTest {

    private static final int BYTES_MAX = 10_000;

    /// Is not sent when it stands among the answers.
    private static final String SILENCE = "(no answer)";

    /// Ends a connection when it stands among the answers.
    private static final String CLOSE = "";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpClients clients = new HttpClients();
    private final HttpFetch fetch = new HttpFetch(clients, Clock.system());
    private final ServerSocket server;
    private final Thread accepting;

    PlainHttpTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        clients.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    /// Answers each request with the next answer, or not at all at [#SILENCE]; at [#CLOSE], or
    /// where none is left, it closes.
    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                requests.add(head);
                String answer = answers.poll();
                if (answer == null) {
                    return;
                }
                if (answer.equals(SILENCE)) {
                    continue;
                }
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                if (CLOSE.equals(answers.peek())) {
                    answers.remove();
                    return;
                }
            }
        } catch (IOException gone) {
            // The client has closed.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private String get() throws FetchException, InterruptedException {
        return get("/metrics?a=b%20c");
    }

    private String get(String path) throws FetchException, InterruptedException {
        Answer answer = answer(path, 20_000);
        return answer.status()
                + " "
                + new String(answer.body().data(), 0, answer.body().length(), ISO_8859_1);
    }

    private Answer answer(String path, long timeoutMs) throws FetchException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
        return fetch.get(
                HttpClientConfig.DEFAULT,
                uri,
                Map.of("Accept", "text/plain"),
                BYTES_MAX,
                timeoutMs);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    @Test
    void oneConnectionServesOneRequestAfterAnother() throws Exception {
        answers.addAll(List.of(ok("up 1"), ok(""), ok("up 2")));
        assertThat(get()).isEqualTo("200 up 1");
        assertThat(get()).isEqualTo("200 ");
        assertThat(get()).isEqualTo("200 up 2");
        assertThat(connections).hasValue(1);
        assertThat(requests.element())
                .startsWith("GET /metrics?a=b%20c HTTP/1.1\r\n")
                .contains("\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                .contains("\r\nAccept: text/plain\r\n");
    }

    @Test
    void bodiesInChunksUntilTheEndAndInterimAnswers() throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        answers.add(chunked + "5;x=y\r\nup 1\n\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");
        answers.add("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("late"));
        answers.addAll(List.of("HTTP/1.0 200 OK\r\n\r\nuntil the end", CLOSE));
        answers.add("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(get()).isEqualTo("200 up 1\n0123456789");
        assertThat(get()).isEqualTo("200 late");
        assertThat(get()).isEqualTo("200 until the end");
        assertThat(get()).isEqualTo("204 ");
        assertThat(connections).hasValue(2);
    }

    @Test
    void aConnectionThatWasClosedWhileItWaitedIsReplaced() throws Exception {
        answers.addAll(List.of(ok("1"), CLOSE, ok("2")));
        assertThat(get()).isEqualTo("200 1");
        assertThat(get()).isEqualTo("200 2");
        assertThat(connections).hasValue(2);
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        answers.add("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
        answers.add(ok("there"));
        assertThat(get()).isEqualTo("200 there");
        assertThat(List.copyOf(requests).get(1)).startsWith("GET /other HTTP/1.1\r\n");
    }

    private void fails(String answer, String reason) {
        answers.addAll(List.of(answer, CLOSE));
        assertThatThrownBy(this::get)
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsNoAnswerIsTold() {
        fails("SSH-2.0-OpenSSH\r\n\r\n", "does not speak HTTP/1");
        fails("HTTP/1.1 2xx OK\r\n\r\n", "does not speak HTTP/1");
        fails("HTTP/1.1 200 OK\r\nno name\r\n\r\n", "has no name");
        fails("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "no length");
        fails("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "no length");
        fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: br\r\n\r\n", "transfer encoding br");
        fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "has no size");
        fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "longer");
        fails("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "closed within the answer");
        fails("HTTP/1.1 200 OK\r\nA: " + "x".repeat(70_000) + "\r\n\r\n", "larger than 64 KiB");
        fails("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n", "more than 10000 bytes");
        fails("HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(10_001), "more than 10000 bytes");
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUpInTime() {
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        assertThatThrownBy(() -> answer("/", 300)).hasMessageContaining("timed out");
    }

    @Test
    void anAnswerThatDoesNotBeginIsGivenUpInTimeAndNotAskedForAgain() throws Exception {
        answers.addAll(List.of(ok("1"), SILENCE));
        assertThat(get()).isEqualTo("200 1");
        assertThatThrownBy(() -> answer("/", 300)).hasMessageContaining("timed out");
        assertThat(connections).hasValue(1);
        answers.add(ok("2"));
        assertThat(get()).isEqualTo("200 2");
        assertThat(connections).hasValue(2);
    }

    @Test
    void nobodyThere() throws Exception {
        server.close();
        accepting.join(); // the port is free when nobody accepts on it any more
        assertThatThrownBy(this::get).hasMessage("connection refused");
        URI nowhere = URI.create("http://host.invalid:1/metrics");
        assertThatThrownBy(() ->
                        fetch.get(HttpClientConfig.DEFAULT, nowhere, Map.of(), BYTES_MAX, 10_000))
                .hasMessage("there is no host named host.invalid");
    }
}
