package io.framewatch.ingest.http;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.model.Clock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OAuth 2 client-credentials tokens (RFC 6749, section 4.4), each kept until shortly before it
/// expires. Thread safe.
final class OAuthTokens {

    private static final long BYTES_MAX = 1024 * 1024;
    private static final long SPARE_MS = 10_000;
    private static final long LIFETIME_DEFAULT_SECONDS = 300;

    private record Token(String text, long untilMs) {}

    private final HttpClients clients;
    private final Clock clock;
    private final Map<HttpAuth.OAuth2, Token> kept = new ConcurrentHashMap<>();

    OAuthTokens(HttpClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    String token(HttpAuth.OAuth2 config, long timeoutMs)
            throws FetchException, InterruptedException {
        Token token = kept.get(config);
        if (token == null || token.untilMs < clock.nowMs()) {
            token = fetch(config, timeoutMs);
            kept.put(config, token);
        }
        return token.text;
    }

    private Token fetch(HttpAuth.OAuth2 config, long timeoutMs)
            throws FetchException, InterruptedException {
        List<String> form = new ArrayList<>();
        form.add(pair("grant_type", "client_credentials"));
        if (!config.scopes().isEmpty()) {
            form.add(pair("scope", String.join(" ", config.scopes())));
        }
        config.endpointParams().forEach((name, value) -> form.add(pair(name, value)));
        String client =
                encode(config.clientId()) + ":" + encode(Secrets.read(config.clientSecret()));
        byte[] bytes = client.getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(config.tokenUrl()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(bytes))
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form)))
                        .build();
        HttpResponse<Body> response =
                HttpFetch.await(
                        request.uri(),
                        clients.client(config.tls(), ProxyConfig.NONE)
                                .sendAsync(request, _ -> new CappedBody(BYTES_MAX)),
                        TimeUnit.MILLISECONDS.toNanos(timeoutMs));
        if (response.statusCode() != 200) {
            throw new FetchException(
                    "no OAuth token: the token server answered " + response.statusCode());
        }
        return read(response.body());
    }

    private Token read(Body body) throws FetchException {
        try {
            JsonNode json = JsonMapper.shared().readTree(body.data(), 0, body.length());
            String text = json.path("access_token").asString("");
            long seconds = json.path("expires_in").asLong(LIFETIME_DEFAULT_SECONDS);
            if (text.isEmpty()) {
                throw new FetchException("no OAuth token: the answer holds no access_token");
            }
            return new Token(text, clock.nowMs() + seconds * 1000 - SPARE_MS);
        } catch (JacksonException e) {
            throw new FetchException("no OAuth token: the answer is not JSON", e);
        }
    }

    private static String pair(String name, String value) {
        return encode(name) + "=" + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
