package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Caller.Role;
import io.framewatch.server.http.FaultAnswers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out who sends each request and refuses the rest. Thread safe.
public final class AccessFilter implements Filter {

    /// The cookie that carries a session.
    static final String COOKIE = "framewatch_session";

    private static final HeaderName REQUEST_HEADER = HeaderNames.create("X-Framewatch-Request");
    private static final HeaderName SCOPE = HeaderNames.create("X-Scope-OrgID");
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    /// Answered to anybody: is it alive, and what a login page is made of.
    private static final Set<String> OPEN_PATHS =
            Set.of(
                    "/-/healthy",
                    "/-/ready",
                    "/api/health",
                    "/api/session",
                    "/login",
                    "/login/oidc",
                    "/login/oidc/callback",
                    "/icon.svg",
                    "/favicon.ico");

    private static final Set<String> PROMETHEUS_QUESTIONS =
            Set.of(
                    "query",
                    "query_range",
                    "query_exemplars",
                    "series",
                    "labels",
                    "format_query",
                    "parse_query",
                    "read");

    private static final Set<String> LOKI_QUESTIONS =
            Set.of("query", "query_range", "labels", "label", "series");

    private static final String OPEN_FOLDER = "/assets/";

    private static final Caller STRANGER = new Caller("", Role.VIEWER, Tenant.DEFAULT, "stranger");

    private static final Caller ANONYMOUS =
            new Caller("anonymous", Role.VIEWER, Tenant.DEFAULT, "anonymous");

    private final boolean loopback;
    private final boolean anonymous;
    private final Sessions sessions;
    private final ApiTokens tokens;

    /// @param loopback whether nobody is asked, for only this machine can connect
    /// @param anonymous whether those without a login may look
    AccessFilter(boolean loopback, boolean anonymous, Sessions sessions, ApiTokens tokens) {
        this.loopback = loopback;
        this.anonymous = anonymous;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        try {
            check(req).attach(req);
        } catch (FaultException e) {
            refuse(req, res, e.fault());
            return;
        }
        chain.proceed();
    }

    /// People are led to the login page, programs are told.
    private static void refuse(RoutingRequest req, RoutingResponse res, Fault fault) {
        boolean person = req.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
        if (person && fault.code().equals("unauthenticated")) {
            res.status(303);
            res.header(HeaderNames.LOCATION, "/login");
            res.send();
        } else {
            FaultAnswers.send(res, fault);
        }
    }

    private Caller check(ServerRequest req) {
        Caller byToken = byToken(req);
        if (byToken != null) {
            return allowed(req, byToken);
        }
        if (loopback) {
            BrowserGuard.checkLoopbackHost(req);
        }
        if (BrowserGuard.changesSomething(req)) {
            BrowserGuard.checkSite(req);
        }
        if (loopback) {
            return Caller.LOCAL;
        }
        Caller caller = bySession(req);
        if (caller != null) {
            return allowed(req, caller);
        }
        if (anonymous) {
            return allowed(req, ANONYMOUS);
        }
        if (isOpen(req.path().path())) {
            return STRANGER;
        }
        throw new FaultException(
                Fault.caller(
                        "unauthenticated",
                        "This server asks for a login.",
                        "Open the login link the server printed, or send an API token."));
    }

    private static boolean isOpen(String path) {
        return OPEN_PATHS.contains(path) || path.startsWith(OPEN_FOLDER);
    }

    private @Nullable Caller byToken(ServerRequest req) {
        return tokens.holder(
                req.headers().first(HeaderNames.AUTHORIZATION).orElse(""),
                req.headers().first(SCOPE).orElse(""));
    }

    private @Nullable Caller bySession(ServerRequest req) {
        Optional<String> cookie = sessionCookie(req);
        Caller caller = cookie.isEmpty() ? null : sessions.use(cookie.get());
        if (caller != null && BrowserGuard.changesSomething(req) && !ownPage(req)) {
            throw new FaultException(
                    Fault.caller(
                            "cross_site",
                            "The request does not show that a page of this server sent it.",
                            "Send the header X-Framewatch-Request: 1."));
        }
        return caller;
    }

    static Optional<String> sessionCookie(ServerRequest req) {
        return req.headers().cookies().first(COOKIE).asOptional();
    }

    private static boolean ownPage(ServerRequest req) {
        return req.headers().contains(REQUEST_HEADER)
                || req.headers().first(SEC_FETCH_SITE).orElse("").equals("same-origin");
    }

    private static Caller allowed(ServerRequest req, Caller caller) {
        if (!caller.tenant().equals(Tenant.DEFAULT) && HomePaths.has(req.path().path())) {
            throw new FaultException(
                    Fault.caller(
                            "tenant_refused",
                            "This address belongs to the tenant default.",
                            "Use a token of that tenant."));
        }
        boolean acts = BrowserGuard.changesSomething(req) && !readsOnly(req.path().path());
        return acts ? RolePolicy.checked(req, caller) : caller.require(Role.VIEWER);
    }

    /// Questions too long for an address are posted; they change nothing.
    private static boolean readsOnly(String path) {
        return path.equals("/api/session")
                || path.startsWith("/api/datasources/")
                || below(path, "/api/v1/", PROMETHEUS_QUESTIONS)
                || below(path, "/loki/api/v1/", LOKI_QUESTIONS);
    }

    private static boolean below(String path, String root, Set<String> names) {
        return path.startsWith(root) && names.contains(path.substring(root.length()));
    }
}
