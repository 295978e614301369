package io.framewatch.server.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A provider of OpenID Connect that lets everybody in, as the standard says: discovery, codes good
/// once and bound to client, redirect and PKCE challenge, signed ID tokens, rotating keys. A test
/// can have it break one rule.
final class ProviderDouble implements AutoCloseable {

    static final String CLIENT = "framewatch";
    static final String SECRET = "s3cret of the client & more";

    private final HttpServer server;
    private final Clock clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    final AtomicInteger keyReads = new AtomicInteger();
    private volatile ECKey key = newKey();
    volatile ECKey signWith = key;
    volatile boolean signs = true;
    volatile boolean sharedSecret;
    volatile String issuer;
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

    ProviderDouble(Clock clock) throws IOException {
        this.clock = clock;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.issuer = address();
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/keys", this::keys);
        server.createContext("/token", this::token);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void rotate() {
        key = newKey();
        signWith = key;
    }

    private void discovery(HttpExchange exchange) throws IOException {
        String at = address();
        answer(
                exchange,
                200,
                "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/authorize?p=1\","
                                .formatted(issuer, at)
                        + "\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/keys\"}"
                                .formatted(at, at));
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyReads.incrementAndGet();
        answer(exchange, 200, new JWKSet(List.of(key.toPublicJWK())).toString());
    }

    /// What the provider's page does when somebody logs in there: the address it leads back to.
    URI login(URI authorization) {
        Map<String, String> asked = form(authorization.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return URI.create(
                field(asked, "redirect_uri") + "?code=" + code + "&state=" + field(asked, "state"));
    }

    static Map<String, String> form(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : encoded.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> given = form(new String(body, StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
        String basic = exchange.getRequestHeaders().getFirst("Authorization");
        String pair = CLIENT + ":" + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        byte[] expected = pair.getBytes(StandardCharsets.UTF_8);
        if (!("Basic " + Base64.getEncoder().encodeToString(expected)).equals(basic)) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (asked == null
                || !field(asked, "redirect_uri").equals(field(given, "redirect_uri"))
                || !field(asked, "code_challenge")
                        .equals(challenge(field(given, "code_verifier")))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            String token = idToken(field(asked, "nonce"));
            answer(exchange, 200, "{\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}");
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ascii);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String idToken(String nonce) {
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("248289761001")
                        .audience(CLIENT)
                        .claim("iat", clock.nowMs() / 1_000)
                        .claim("exp", clock.nowMs() / 1_000 + 300)
                        .claim("nonce", nonce)
                        .claim("preferred_username", "ann")
                        .claim("groups", List.of("video"));
        JWTClaimsSet set = claims.apply(builder).build();
        try {
            if (!signs) {
                return new PlainJWT(set).serialize();
            }
            if (sharedSecret) {
                SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
                jwt.sign(new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.UTF_8)));
                return jwt.serialize();
            }
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(signWith.getKeyID()).build();
            SignedJWT jwt = new SignedJWT(header, set);
            jwt.sign(new ECDSASigner(signWith));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A key of somebody else under the name of the provider's own.
    void forgeKey() throws JOSEException {
        signWith = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
