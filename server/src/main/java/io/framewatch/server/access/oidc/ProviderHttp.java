package io.framewatch.server.access.oidc;

import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.server.config.OidcSettings;
import io.framewatch.server.outbound.BoundedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a provider for JSON, within a time and a size, and follows no redirect. Thread safe.
final class ProviderHttp implements AutoCloseable {

    private static final int BODY_BYTES_MAX = 512 * 1024;

    private final HttpClients clients = new HttpClients();
    private final TlsConfig tls;
    private final long timeoutMs;

    ProviderHttp(OidcSettings settings) {
        this.timeoutMs = settings.timeoutMs();
        this.tls =
                settings.caFile() == null
                        ? TlsConfig.DEFAULT
                        : new TlsConfig(
                                "",
                                settings.caFile(),
                                "",
                                null,
                                SecretSource.NONE,
                                "",
                                false,
                                "",
                                "");
    }

    /// What a provider answered.
    record Reply(int status, JsonNode json) {}

    Reply get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    Reply post(URI uri, String form, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return send(request);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    BoundedHttp.ask(
                            clients.client(tls, ProxyConfig.NONE),
                            request.header("Accept", "application/json").build(),
                            BODY_BYTES_MAX,
                            timeoutMs);
            return new Reply(response.statusCode(), json(response.body()));
        } catch (BoundedHttp.TooLargeException e) {
            throw OidcFaults.provider("its answer is larger than 512 KiB", e);
        } catch (FetchException | IOException e) {
            throw OidcFaults.provider("it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OidcFaults.provider("this server is stopping", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw OidcFaults.provider("its answer is no JSON", e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
