package io.framewatch.server.access.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.Secrets;
import io.framewatch.model.Clock;
import io.framewatch.server.config.OidcSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A provider as its discovery document describes it (OpenID Connect Discovery 1.0), read again
/// every hour; its keys are read again when a token names one that is not known, at most every ten
/// seconds. Thread safe.
final class Provider implements AutoCloseable {

    private static final long METADATA_FRESH_NS = Duration.ofHours(1).toNanos();
    private static final long KEYS_PAUSE_NS = Duration.ofSeconds(10).toNanos();
    private static final int KEYS_TRIED_MAX = 10;

    private final OidcSettings settings;
    private final ProviderHttp http;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Metadata metadata;
    private @Nullable JWKSet keys;
    private long keysReadNs;

    /// Where the provider is spoken to.
    private record Metadata(
            URI authorization, URI token, URI keys, boolean secretInBody, long readNs) {}

    Provider(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = new ProviderHttp(settings);
    }

    /// Where the browser is sent, with these parameters.
    URI authorization(Map<String, String> parameters) {
        URI at = metadata().authorization;
        String join = at.getRawQuery() == null ? "?" : "&";
        return URI.create(at + join + form(parameters));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Metadata metadata() {
        lock.lock();
        try {
            Metadata known = metadata;
            if (known == null || clock.nanoTime() - known.readNs > METADATA_FRESH_NS) {
                known = discover();
                metadata = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Metadata discover() {
        String issuer = settings.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        ProviderHttp.Reply reply = http.get(URI.create(base + "/.well-known/openid-configuration"));
        if (reply.status() != 200) {
            throw OidcFaults.provider("discovery answers status " + reply.status(), null);
        }
        if (!issuer.equals(reply.json().path("issuer").asString(""))) {
            throw OidcFaults.provider("discovery names another issuer than configured", null);
        }
        JsonNode ways = reply.json().path("token_endpoint_auth_methods_supported");
        boolean basic = !ways.isArray() || ways.valueStream().anyMatch(Provider::isBasic);
        return new Metadata(
                endpoint(reply.json(), "authorization_endpoint"),
                endpoint(reply.json(), "token_endpoint"),
                endpoint(reply.json(), "jwks_uri"),
                !basic,
                clock.nanoTime());
    }

    private static boolean isBasic(JsonNode way) {
        return way.asString("").equals("client_secret_basic");
    }

    /// An address of the discovery document; plain http only where the issuer is plain as well.
    private URI endpoint(JsonNode document, String key) {
        try {
            URI uri = URI.create(document.path(key).asString(""));
            boolean plain = "http".equals(uri.getScheme());
            boolean allowed = !plain || "http".equals(settings.issuer().getScheme());
            if (uri.getHost() != null && allowed && (plain || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw OidcFaults.provider("its `" + key + "` is no address", e);
        }
        throw OidcFaults.provider("its `" + key + "` is missing or not https", null);
    }

    /// The ID token given for a code. Throws `login_failed` if the provider refuses the code.
    String idToken(String code, String verifier, String redirectUri) {
        Map<String, String> fields = new java.util.TreeMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", redirectUri);
        fields.put("code_verifier", verifier);
        String secret = secret();
        Metadata at = metadata();
        Map<String, String> headers = Map.of();
        if (secret.isEmpty() || at.secretInBody) {
            fields.put("client_id", settings.clientId());
        }
        if (!secret.isEmpty() && at.secretInBody) {
            fields.put("client_secret", secret);
        } else if (!secret.isEmpty()) {
            String pair = encoded(settings.clientId()) + ":" + encoded(secret);
            byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
            headers = Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        ProviderHttp.Reply reply = http.post(at.token, form(fields), headers);
        if (reply.status() == 400) {
            throw OidcFaults.failed("the provider refuses the code");
        }
        String token = reply.json().path("id_token").asString("");
        if (reply.status() != 200 || token.isEmpty()) {
            throw OidcFaults.provider(
                    "it gives no ID token for a code, status " + reply.status(), null);
        }
        return token;
    }

    private String secret() {
        try {
            return settings.clientSecret() instanceof SecretSource.None
                    ? ""
                    : Secrets.read(settings.clientSecret());
        } catch (FetchException e) {
            throw OidcFaults.provider("the client secret cannot be read", e);
        }
    }

    /// The keys that may have signed a token with this header; new ones are fetched if none fits.
    List<JWK> keysFor(JWSHeader header) {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        lock.lock();
        try {
            JWKSet known = keys;
            List<JWK> fitting = known == null ? List.of() : selector.select(known);
            boolean mayAsk = known == null || clock.nanoTime() - keysReadNs > KEYS_PAUSE_NS;
            if (fitting.isEmpty() && mayAsk) {
                keysReadNs = clock.nanoTime();
                known = fetchKeys();
                keys = known;
                fitting = selector.select(known);
            }
            return fitting.stream().limit(KEYS_TRIED_MAX).toList();
        } finally {
            lock.unlock();
        }
    }

    private JWKSet fetchKeys() {
        ProviderHttp.Reply reply = http.get(metadata().keys);
        try {
            if (reply.status() == 200) {
                return JWKSet.parse(reply.json().toString());
            }
        } catch (ParseException e) {
            throw OidcFaults.provider("its keys cannot be read", e);
        }
        throw OidcFaults.provider("its keys answer status " + reply.status(), null);
    }

    @Override
    public void close() {
        http.close();
    }
}
