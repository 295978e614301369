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
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Begins and ends sessions: `GET /login?token=` with a printed link, `POST /api/session` with an
/// API token or link token, `DELETE /api/session`; `GET /api/session` says who one is.
final class SessionEndpoints implements Endpoints {

    private static final int BODY_BYTES_MAX = 8 * 1024;

    private final Sessions sessions;
    private final LoginLinks links;
    private final ApiTokens tokens;
    private final JsonMapper json = JsonMapper.shared();

    SessionEndpoints(Sessions sessions, LoginLinks links, ApiTokens tokens) {
        this.sessions = sessions;
        this.links = links;
        this.tokens = tokens;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/login", this::followLink);
        rules.get("/api/session", SessionEndpoints::who);
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
                            "Restart the server for a new link, or log in with an API token."));
        }
    }

    private static Caller person() {
        return new Caller("operator", Caller.Role.ADMIN, Tenant.DEFAULT, "login");
    }

    private void begin(ServerResponse res, Caller caller) {
        String secret = sessions.begin(caller);
        res.headers()
                .addCookie(
                        SetCookie.builder(AccessFilter.COOKIE, secret)
                                .path("/")
                                .httpOnly(true)
                                .sameSite(SetCookie.SameSite.STRICT)
                                .build());
    }

    private static void who(ServerRequest req, ServerResponse res) {
        answer(res, Caller.of(req));
    }

    private static void answer(ServerResponse res, Caller caller) {
        boolean known = !caller.mode().equals("stranger");
        JsonOut out = new JsonOut();
        out.raw("{\"user\":").textOrNull(known ? caller.user() : null);
        out.raw(",\"role\":")
                .textOrNull(known ? caller.role().name().toLowerCase(Locale.ROOT) : null);
        out.raw(",\"mode\":").text(known ? caller.mode() : "login").raw('}');
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out);
    }

    private void login(ServerRequest req, ServerResponse res) {
        String token = token(Bodies.text(req, BODY_BYTES_MAX));
        Caller caller = token == null ? null : tokens.find(token, "");
        if (caller == null && token != null && links.redeem(token)) {
            caller = person();
        }
        if (caller == null) {
            throw new FaultException(
                    Fault.caller(
                            "login_failed",
                            "The token is not known.",
                            "Send {\"token\":...} with an API token or a login link's token."));
        }
        begin(res, caller);
        answer(res, caller);
    }

    private @Nullable String token(String body) {
        try {
            JsonNode token = json.readTree(body).path("token");
            return token.isString() ? token.asString() : null;
        } catch (JacksonException e) {
            throw new FaultException(
                    Fault.caller(
                            "body_invalid", "The body is not JSON.", "Send {\"token\":\"...\"}."),
                    e);
        }
    }

    private void logout(ServerRequest req, ServerResponse res) {
        AccessFilter.sessionCookie(req).ifPresent(sessions::end);
        res.headers().clearCookie(AccessFilter.COOKIE);
        res.status(204);
        res.send();
    }
}
