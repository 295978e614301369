package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Bodies;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Begins and ends sessions: `GET /login?token=` with a printed link, `POST /api/session` with name
/// and password, an API token or a link token, `DELETE /api/session`; `GET /api/session` says who
/// one is and how one may log in.
final class SessionEndpoints implements Endpoints {

    private static final int BODY_BYTES_MAX = 8 * 1024;

    private final Sessions sessions;
    private final LoginLinks links;
    private final ApiTokens tokens;
    private final PasswordLogin passwords;
    private final @Nullable String provider;
    private final boolean secure;
    private final JsonMapper json = JsonMapper.shared();

    /// @param provider what the button of a login provider says, null without one
    /// @param secure whether browsers reach this server through TLS only
    SessionEndpoints(
            Sessions sessions,
            LoginLinks links,
            ApiTokens tokens,
            PasswordLogin passwords,
            @Nullable String provider,
            boolean secure) {
        this.sessions = sessions;
        this.links = links;
        this.tokens = tokens;
        this.passwords = passwords;
        this.provider = provider;
        this.secure = secure;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/login", this::followLink);
        rules.get("/api/session", this::who);
        rules.post("/api/session", this::login);
        rules.delete("/api/session", this::logout);
    }

    private void followLink(ServerRequest req, ServerResponse res) {
        String token = req.query().first("token").orElse("");
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (!token.isEmpty() && links.redeem(token)) {
            begin(res, person());
            res.status(303);
            res.header(HeaderNames.LOCATION, "/");
            res.send();
        } else if (token.isEmpty()) {
            res.next();
        } else {
            throw new FaultException(
                    Fault.caller(
                            "login_failed",
                            "The login link was used already or is too old.",
                            "Restart the server for a new link, or log in another way."));
        }
    }

    private static Caller person() {
        return new Caller("admin", Caller.Role.ADMIN, Tenant.DEFAULT, "login");
    }

    /// Begins a session that lasts as long as sessions do.
    void begin(ServerResponse res, Caller caller) {
        begin(res, caller, () -> true);
    }

    private void begin(ServerResponse res, Caller caller, BooleanSupplier stillGood) {
        String secret = sessions.begin(caller, stillGood);
        res.headers()
                .addCookie(
                        SetCookie.builder(AccessFilter.COOKIE, secret)
                                .path("/")
                                .httpOnly(true)
                                .secure(secure)
                                .sameSite(SetCookie.SameSite.STRICT)
                                .build());
    }

    private void who(ServerRequest req, ServerResponse res) {
        answer(res, Caller.of(req));
    }

    private void answer(ServerResponse res, Caller caller) {
        boolean known = !caller.mode().equals("stranger");
        JsonOut out = new JsonOut();
        out.raw("{\"user\":").textOrNull(known ? caller.user() : null);
        out.raw(",\"role\":")
                .textOrNull(known ? caller.role().name().toLowerCase(Locale.ROOT) : null);
        out.raw(",\"mode\":").text(known ? caller.mode() : "login");
        if (!known || caller.mode().equals("anonymous")) {
            out.raw(",\"login\":{\"password\":").raw(passwords.offered() ? "true" : "false");
            out.raw(",\"provider\":").textOrNull(provider).raw('}');
        }
        out.raw('}');
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out);
    }

    private void login(ServerRequest req, ServerResponse res) {
        JsonNode body = body(Bodies.text(req, BODY_BYTES_MAX));
        if (body.path("user").isString() && body.path("password").isString()) {
            User user =
                    passwords.check(
                            body.path("user").asString(),
                            body.path("password").asString(),
                            address(req));
            begin(res, user.caller(), () -> passwords.stillIs(user));
            answer(res, user.caller());
            return;
        }
        Caller caller = byToken(body.path("token"));
        begin(res, caller);
        answer(res, caller);
    }

    private Caller byToken(JsonNode token) {
        String text = token.isString() ? token.asString() : "";
        Caller caller = tokens.find(text, "");
        if (caller == null && !text.isEmpty() && links.redeem(text)) {
            caller = person();
        }
        if (caller == null) {
            throw new FaultException(
                    Fault.caller(
                            "login_failed",
                            "The token is not known.",
                            "Send {\"token\":...} with an API token or a login link's token, or"
                                    + " {\"user\":...,\"password\":...}."));
        }
        return caller;
    }

    private static String address(ServerRequest req) {
        return req.remotePeer().address() instanceof InetSocketAddress at && at.getAddress() != null
                ? at.getAddress().getHostAddress()
                : "unknown";
    }

    private JsonNode body(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new FaultException(
                    Fault.caller(
                            "body_invalid",
                            "The body is not JSON.",
                            "Send {\"token\":\"...\"} or {\"user\":...,\"password\":...}."));
        }
    }

    private void logout(ServerRequest req, ServerResponse res) {
        AccessFilter.sessionCookie(req).ifPresent(sessions::end);
        res.headers().clearCookie(AccessFilter.COOKIE);
        res.status(204);
        res.send();
    }
}
