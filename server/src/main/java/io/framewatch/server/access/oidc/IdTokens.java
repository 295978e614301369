package io.framewatch.server.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.framewatch.model.Clock;
import io.framewatch.server.config.OidcSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks ID tokens as OpenID Connect Core 1.0, 3.1.3.7 says: signed with a public key of the
/// provider, by this issuer, for this client, not too old, for this very login. Thread safe.
final class IdTokens {

    /// Signatures with a public key only: a shared secret or none would prove nothing.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final Logger log = LoggerFactory.getLogger(IdTokens.class);
    private static final int TOKEN_LENGTH_MAX = 64 * 1024;

    private final OidcSettings settings;
    private final Provider provider;
    private final Clock clock;

    IdTokens(OidcSettings settings, Provider provider, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.clock = clock;
    }

    /// The claims of a token. Throws `login_failed` saying which check it does not pass.
    JsonNode claims(String token, String nonce) {
        try {
            if (token.length() > TOKEN_LENGTH_MAX) {
                throw OidcFaults.failed("the ID token is larger than 64 KiB");
            }
            SignedJWT jwt = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                throw OidcFaults.failed("the ID token is signed in a way that proves nothing");
            }
            if (!signed(jwt)) {
                throw OidcFaults.failed("the ID token is not signed by the provider");
            }
            JsonNode claims = JsonMapper.shared().readTree(jwt.getPayload().toString());
            check(claims, jwt, nonce);
            return claims;
        } catch (ParseException e) {
            throw OidcFaults.failed("the ID token is no signed token");
        }
    }

    private boolean signed(SignedJWT jwt) {
        for (JWK key : provider.keysFor(jwt.getHeader())) {
            try {
                if (key instanceof AsymmetricJWK asymmetric) {
                    JWSVerifier verifier =
                            new DefaultJWSVerifierFactory()
                                    .createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey());
                    if (jwt.verify(verifier)) {
                        return true;
                    }
                }
            } catch (JOSEException e) {
                log.debug("a key of the provider is of another kind than the token's signature", e);
            }
        }
        return false;
    }

    private void check(JsonNode claims, SignedJWT jwt, String nonce) throws ParseException {
        if (!settings.issuer().toString().equals(claims.path("iss").asString(""))) {
            throw OidcFaults.failed("the ID token is of another issuer");
        }
        List<String> audience = jwt.getJWTClaimsSet().getAudience();
        String party = claims.path("azp").asString("");
        boolean ours = party.isEmpty() ? audience.size() == 1 : party.equals(settings.clientId());
        if (!audience.contains(settings.clientId()) || !ours) {
            throw OidcFaults.failed("the ID token is for another program");
        }
        if (!same(nonce, claims.path("nonce").asString(""))) {
            throw OidcFaults.failed("the ID token belongs to another login");
        }
        if (claims.path("sub").asString("").isEmpty()) {
            throw OidcFaults.failed("the ID token names nobody");
        }
        times(claims);
    }

    private void times(JsonNode claims) {
        long now = clock.nowMs();
        long skew = settings.clockSkewMs();
        JsonNode until = claims.path("exp");
        if (!until.isNumber() || unixMs(until) + skew <= now) {
            throw OidcFaults.failed("the ID token has expired");
        }
        JsonNode issued = claims.path("iat");
        if (!issued.isNumber() || unixMs(issued) - skew > now) {
            throw OidcFaults.failed("the ID token was issued in the future");
        }
        JsonNode notBefore = claims.path("nbf");
        if (!notBefore.isMissingNode()
                && (!notBefore.isNumber() || unixMs(notBefore) - skew > now)) {
            throw OidcFaults.failed("the ID token is not valid yet");
        }
    }

    /// Seconds since 1970 that may have a fraction, as milliseconds; absurd ones at their bound.
    private static long unixMs(JsonNode seconds) {
        return (long) Math.clamp(seconds.asDouble() * 1_000, -1e16, 1e16);
    }

    static boolean same(String a, String b) {
        return MessageDigest.isEqual(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
