package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.framewatch.engine.EngineException;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server of somebody else's may do: refuse, be slow, break off.
class RemoteClickHouseTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private ServerSocket listening;
    private final List<String> heads = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /// Answers every request with `answer`, byte for byte, and then closes or says no more.
    private void answer(String answer, boolean thenClose) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            Socket socket = listening.accept();
                            open.add(socket);
                            byte[] head = new byte[8 << 10];
                            int read = Math.max(0, socket.getInputStream().read(head));
                            heads.add(new String(head, 0, read, StandardCharsets.UTF_8));
                            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                            if (thenClose) {
                                socket.close();
                            }
                        }
                    } catch (IOException stopped) {
                        // The test is over.
                    }
                });
    }

    private RemoteClickHouse client() {
        URI url = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
        return new RemoteClickHouse(new RemoteServer(url, "writer", "s3cret", null, 2), SOON);
    }

    private static String refusal(int status, int code, String text) {
        return "HTTP/1.1 %d No\r\nX-ClickHouse-Exception-Code: %d\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, code, text.length(), text);
    }

    private static void ask(ClickHouse clickHouse) {
        try (Result result = clickHouse.query(new Sql("SELECT 1"), SOON)) {
            while (result.next() != null) {
                // reads to the end
            }
        }
    }

    private static String codeOf(Throwable failure) {
        assertThat(failure).isInstanceOf(FaultException.class);
        return ((FaultException) failure).fault().code();
    }

    @Test
    void theLoginTravelsInTheHeadAndIsNowhereElse() {
        answer(refusal(500, EngineException.SYNTAX, "Code: 62. Syntax"), true);
        try (RemoteClickHouse clickHouse = client()) {
            assertThatThrownBy(() -> ask(clickHouse))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            refused -> assertThat(refused.code()).isEqualTo(EngineException.SYNTAX))
                    .hasMessageContaining("Syntax");
        }
        assertThat(heads.getFirst())
                .startsWith("POST /?default_format=Native&")
                .contains("wait_end_of_query=1")
                .containsIgnoringCase("x-clickhouse-user: writer")
                .containsIgnoringCase("x-clickhouse-key: s3cret");
        assertThat(heads.getFirst().lines().findFirst().orElseThrow()).doesNotContain("s3cret");
    }

    @Test
    void aWrongPasswordIsTheOperatorsTurn() {
        answer(refusal(403, 516, "Code: 516. Authentication failed"), true);
        try (RemoteClickHouse clickHouse = client()) {
            Throwable refused = catchThrowable(() -> ask(clickHouse));
            assertThat(codeOf(refused)).isEqualTo("clickhouse_login");
            assertThat(refused.getMessage()).contains("writer").doesNotContain("s3cret");
        }
    }

    @Test
    void aHalfAnswerIsNoAnswer() {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\u0001\u0001", true);
        try (RemoteClickHouse clickHouse = client()) {
            assertThat(codeOf(catchThrowable(() -> ask(clickHouse)))).isEqualTo("engine_gone");
        }
    }

    @Test
    void halfAChunkIsNoAnswer() {
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n\u0001\u0001", true);
        try (RemoteClickHouse clickHouse = client()) {
            assertThat(codeOf(catchThrowable(() -> ask(clickHouse)))).isEqualTo("engine_gone");
        }
    }

    @Test
    void silenceEndsInATimeout() {
        answer("", false);
        try (RemoteClickHouse clickHouse = client()) {
            assertThatThrownBy(() -> ask(clickHouse))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            late -> assertThat(late.code()).isEqualTo(EngineException.TIMEOUT));
        }
    }

    @Test
    void silenceInTheMiddleOfAnAnswerEndsInATimeout() {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\u0001\u0001", false);
        try (RemoteClickHouse clickHouse = client()) {
            assertThatThrownBy(() -> ask(clickHouse))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            late -> assertThat(late.code()).isEqualTo(EngineException.TIMEOUT));
        }
    }

    @Test
    void nobodyThereIsToldAsLater() throws IOException {
        listening.close();
        try (RemoteClickHouse clickHouse = client()) {
            assertThat(codeOf(catchThrowable(() -> ask(clickHouse)))).isEqualTo("engine_gone");
        }
    }

    @Test
    void anotherServerThanClickHouseIsNotBelieved() {
        answer(
                "HTTP/1.1 302 Found\r\nLocation: http://example/\r\nContent-Length: 0\r\n\r\n",
                true);
        try (RemoteClickHouse clickHouse = client()) {
            assertThat(codeOf(catchThrowable(() -> ask(clickHouse)))).isEqualTo("engine_gone");
        }
    }

    @Test
    void theConfiguredCertificateIsTrustedAndNoOther(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path pem = folder.resolve("ca.pem");
        String common = "-alias server -storepass changeit -keystore " + keys;
        keytool(
                "-genkeypair -keyalg EC -dname CN=test -ext SAN=ip:127.0.0.1 -storetype PKCS12 "
                        + common);
        keytool("-exportcert -rfc -file " + pem + " " + common);
        HttpsServer https =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        https.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        https.start();
        URI url = URI.create("https://127.0.0.1:" + https.getAddress().getPort());
        try (RemoteClickHouse trusting =
                        new RemoteClickHouse(new RemoteServer(url, "default", "", pem, 1));
                RemoteClickHouse other =
                        new RemoteClickHouse(new RemoteServer(url, "default", "", null, 1))) {
            ask(trusting);
            assertThat(codeOf(catchThrowable(() -> ask(other)))).isEqualTo("engine_gone");
        } finally {
            https.stop(0);
        }
    }

    private static void keytool(String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private static SSLContext context(Path keys) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance(keys.toFile(), password);
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void certificatesThatAreNoneAreRefusedAtOnce(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        RemoteServer server =
                new RemoteServer(URI.create("https://127.0.0.1:1"), "default", "", file, 1);
        assertThat(codeOf(catchThrowable(() -> new RemoteClickHouse(server))))
                .isEqualTo("clickhouse_ca");
        assertThat(server.toString()).isEqualTo("default at https://127.0.0.1:1");
    }
}
