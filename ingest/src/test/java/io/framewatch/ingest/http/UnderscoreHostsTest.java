package io.framewatch.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.model.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnderscoreHostsTest {

    private static InetAddress known(String host) throws UnknownHostException {
        if (host.equals("node_exporter") || host.equals("other_host")) {
            return InetAddress.getLoopbackAddress();
        }
        throw new UnknownHostException(host);
    }

    private static String get(URI uri) throws Exception {
        return get(uri, HttpClientConfig.DEFAULT);
    }

    private static String get(URI uri, HttpClientConfig config) throws Exception {
        try (HttpClients clients = new HttpClients()) {
            Answer answer =
                    new HttpFetch(clients, Clock.system(), UnderscoreHostsTest::known)
                            .get(config, uri, Map.of(), 1_000, 10_000);
            return new String(
                    answer.body().data(), 0, answer.body().length(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aNameWithAnUnderscoreIsReachedByItsName() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String said =
                            exchange.getRequestHeaders().getFirst("Host")
                                    + exchange.getRequestURI();
                    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        try {
            String at = "node_exporter:" + server.getAddress().getPort();
            assertThat(get(URI.create("http://" + at + "/metrics?a=%20b")))
                    .isEqualTo(at + "/metrics?a=%20b");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRedirectToAnotherSuchNameGetsNoCredentials() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String port = ":" + server.getAddress().getPort();
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    String to =
                            switch (path) {
                                case "/here" -> "/said";
                                case "/there" -> "http://other_host" + port + "/said";
                                default -> "";
                            };
                    String secret = exchange.getRequestHeaders().getFirst("Authorization");
                    byte[] bytes = String.valueOf(secret).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Location", to);
                    exchange.sendResponseHeaders(to.isEmpty() ? 200 : 302, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        HttpClientConfig config =
                new HttpClientConfig(
                        new HttpAuth.Header("Bearer", new SecretSource.Inline(new Secret("hush"))),
                        TlsConfig.DEFAULT,
                        ProxyConfig.NONE,
                        true,
                        Map.of());
        try {
            String at = "http://node_exporter" + port;
            assertThat(get(URI.create(at + "/here"), config)).isEqualTo("Bearer hush");
            assertThat(get(URI.create(at + "/there"), config)).isEqualTo("null");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatCannotBeReachedIsSaid() {
        assertThatThrownBy(() -> get(URI.create("http://no_body:1/")))
                .isInstanceOf(FetchException.class)
                .hasMessage("there is no host named no_body");
        assertThatThrownBy(() -> get(URI.create("https://node_exporter:1/")))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("underscore")
                .hasMessageContaining("another name");
    }

    @Test
    void onlySuchNamesAreTouched() {
        assertThat(UnderscoreHosts.has(URI.create("http://node_exporter:9100/metrics"))).isTrue();
        assertThat(UnderscoreHosts.has(URI.create("http://node-exporter:9100/"))).isFalse();
        assertThat(UnderscoreHosts.has(URI.create("http://a_b:c_d/"))).isFalse();
        assertThat(UnderscoreHosts.has(URI.create("http://user@a_b/"))).isFalse();
    }
}
