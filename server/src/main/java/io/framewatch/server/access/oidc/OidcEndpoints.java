package io.framewatch.server.access.oidc;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.OidcSettings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /login/oidc` sends the browser to the provider, `GET /login/oidc/callback` takes it back
/// and begins a session. What goes wrong leads to `/login?failed=CODE` and into the log. Thread
/// safe.
public final class OidcEndpoints implements Endpoints, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OidcEndpoints.class);
    private static final String CALLBACK = "/login/oidc/callback";
    private static final String COOKIE = "framewatch-login";
    private static final Duration COOKIE_AGE = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Pages of this server: nothing that a browser could take for another host.
    private static final Pattern PAGE = Pattern.compile("/([A-Za-z0-9_.~-][^\\s\\\\\"'<>]*)?");

    private final OidcSettings settings;
    private final URI external;
    private final Provider provider;
    private final IdTokens tokens;
    private final ClaimRules rules;
    private final PendingLogins pending;
    private final BiConsumer<ServerResponse, Caller> begin;

    /// @param external where browsers find this server
    /// @param begin begins a session and puts its cookie on an answer
    public OidcEndpoints(
            OidcSettings settings,
            URI external,
            BiConsumer<ServerResponse, Caller> begin,
            Clock clock) {
        this.settings = settings;
        this.external = external;
        this.begin = begin;
        this.provider = new Provider(settings, clock);
        this.tokens = new IdTokens(settings, provider, clock);
        this.rules = new ClaimRules(settings);
        this.pending = new PendingLogins(clock);
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/login/oidc", this::leave);
        rules.get(CALLBACK, this::comeBack);
    }

    private String redirectUri() {
        return external.resolve(CALLBACK).toString();
    }

    private void leave(ServerRequest req, ServerResponse res) {
        String state = random();
        String browser = random();
        String nonce = random();
        String verifier = random();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", redirectUri());
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", state);
        parameters.put("nonce", nonce);
        parameters.put("code_challenge", challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        try {
            URI to = provider.authorization(parameters);
            pending.add(state, browser, nonce, verifier, next(req));
            res.headers().addCookie(cookie(browser, COOKIE_AGE));
            redirect(res, to.toString());
        } catch (FaultException e) {
            failed(res, e);
        }
    }

    private static String next(ServerRequest req) {
        String next = req.query().first("next").orElse("/");
        return next.length() <= 2_000 && PAGE.matcher(next).matches() ? next : "/";
    }

    /// The provider's page leads here, so the cookie has to be sent on from another site's page.
    private SetCookie cookie(String value, Duration age) {
        return SetCookie.builder(COOKIE, value)
                .path("/login/oidc")
                .httpOnly(true)
                .secure("https".equals(external.getScheme()))
                .sameSite(SetCookie.SameSite.LAX)
                .maxAge(age)
                .build();
    }

    private void comeBack(ServerRequest req, ServerResponse res) {
        try {
            String browser = req.headers().cookies().first(COOKIE).orElse("");
            PendingLogins.Pending login = pending.take(req.query().first("state").orElse(""));
            if (login == null || !IdTokens.same(login.browser(), browser)) {
                throw OidcFaults.failed("it was not begun in this browser, or too long ago");
            }
            Caller caller = caller(req, login);
            res.headers().addCookie(cookie("", Duration.ZERO));
            begin.accept(res, caller);
            log.info("{} logged in through {}", caller.user(), settings.issuer());
            enter(res, login.next());
        } catch (FaultException e) {
            failed(res, e);
        }
    }

    private Caller caller(ServerRequest req, PendingLogins.Pending login) {
        if (req.query().contains("error")) {
            throw OidcFaults.refused("the provider did not let you in");
        }
        String issuer = req.query().first("iss").orElse(settings.issuer().toString());
        if (!issuer.equals(settings.issuer().toString())) {
            throw OidcFaults.failed("another provider answered");
        }
        String code = req.query().first("code").orElse("");
        if (code.isEmpty()) {
            throw OidcFaults.failed("the provider sent no code");
        }
        String token = provider.idToken(code, login.verifier(), redirectUri());
        return rules.caller(tokens.claims(token, login.nonce()));
    }

    /// The session's cookie is not sent while the provider's page leads the way, so a page of this
    /// server goes on.
    private static void enter(ServerResponse res, String next) {
        String safe = next.replace("&", "&amp;");
        res.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.send(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Framewatch</title>"
                        + "<meta http-equiv=\"refresh\" content=\"0;url="
                        + safe
                        + "\"><p><a href=\""
                        + safe
                        + "\">Framewatch</a></p></html>");
    }

    private static void failed(ServerResponse res, FaultException e) {
        Throwable cause = e.getCause();
        String why = cause == null ? "" : " (" + cause + ")";
        log.warn("login through the provider: {}{}", e.fault().what(), why);
        redirect(res, "/login?failed=" + e.fault().code());
    }

    private static void redirect(ServerResponse res, String to) {
        res.status(303);
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.header(HeaderNames.LOCATION, to);
        res.send();
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
            return base64(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
