package io.framewatch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The assembled program on a free port, asked over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FramewatchTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Framewatch framewatch =
            Framewatch.start(
                    Settings.DEFAULT
                            .inMemory()
                            .withListen(new ListenSettings("127.0.0.1", 0, true))
                            .withStore(TestFolders.store()));

    @BeforeAll
    void started() {
        assertThat(framewatch.loginLink()).isEmpty();
    }

    @AfterAll
    void stop() {
        framewatch.close();
        http.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return framewatch.address().resolve(path);
    }

    @Test
    void isHealthyAndReady() throws Exception {
        assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(get("/-/ready").body()).isEqualTo("Framewatch is ready.\n");
    }

    @Test
    void everyAnswerCarriesSecurityHeaders() throws Exception {
        HttpResponse<String> answer = get("/api/session");
        assertThat(answer.body())
                .isEqualTo("{\"user\":\"local\",\"role\":\"admin\",\"mode\":\"open\"}");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void unknownAddressesAreToldAsFaults() throws Exception {
        HttpResponse<String> answer = get("/api/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void pagesOfTheApplicationGetOneDocument() throws Exception {
        HttpResponse<String> answer = get("/streams/cam-1");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("text/html; charset=utf-8");
    }
}
