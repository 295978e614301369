package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Begins and ends sessions: `GET /login?token=` with a printed link, `POST /api/session` with name
/// and password, an API token or a link token, `DELETE /api/session`; `GET /api/session` says who
/// one is and how one may log in.
final class SessionEndpoints implements Endpoints {

    private static final int BROWSER_CHARS_MAX = 200;

    private final Sessions sessions;
    private final LoginLinks links;
    private final ApiTokens tokens;
    private final PasswordLogin passwords;
    private final @Nullable String provider;
    private final boolean secure;

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
            begin(res, person(), origin(req, "link"), () -> true);
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

    /// Begins a session of somebody whom the login provider named; it lasts as long as sessions do.
    void begin(ServerResponse res, Caller caller) {
        begin(res, caller, new Sessions.Origin("provider", "", ""), () -> true);
    }

    /// Begins a session of a local user, which ends when the users file says something else of
    /// them.
    void begin(ServerRequest req, ServerResponse res, User user) {
        begin(res, user.caller(), origin(req, "password"), () -> passwords.stillIs(user));
    }

    private void begin(
            ServerResponse res, Caller caller, Sessions.Origin origin, BooleanSupplier stillGood) {
        String secret = sessions.begin(caller, origin, stillGood);
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
        out.raw(",\"role\":").textOrNull(known ? caller.role().word() : null);
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
        JsonBody body =
                JsonBody.of(req, "Send {\"token\":\"...\"} or {\"user\":...,\"password\":...}.");
        String name = body.textOrNull("user");
        String password = body.textOrNull("password");
        if (name != null && password != null) {
            User user = passwords.check(name, password, address(req));
            begin(req, res, user);
            answer(res, user.caller());
            return;
        }
        answer(res, byToken(req, res, body.text("token")));
    }

    private Caller byToken(ServerRequest req, ServerResponse res, String text) {
        Caller caller = tokens.find(text, "");
        String digest = Secrets.digest(text);
        if (caller != null) {
            caller.require(Caller.Role.VIEWER); // who may only send data logs in nowhere
            begin(res, caller, origin(req, "token"), () -> tokens.stillGood(digest));
        } else if (!text.isEmpty() && links.redeem(text)) {
            caller = person();
            begin(res, caller, origin(req, "link"), () -> true);
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

    private static Sessions.Origin origin(ServerRequest req, String way) {
        String browser = req.headers().first(HeaderNames.USER_AGENT).orElse("");
        String cut = browser.substring(0, Math.min(browser.length(), BROWSER_CHARS_MAX));
        return new Sessions.Origin(way, address(req), cut);
    }

    /// Where a request comes from, as the network says.
    static String address(ServerRequest req) {
        return req.remotePeer().address() instanceof InetSocketAddress at && at.getAddress() != null
                ? at.getAddress().getHostAddress()
                : "unknown";
    }

    private void logout(ServerRequest req, ServerResponse res) {
        AccessFilter.sessionCookie(req).ifPresent(sessions::end);
        res.headers().clearCookie(AccessFilter.COOKIE);
        res.status(204);
        res.send();
    }
}
