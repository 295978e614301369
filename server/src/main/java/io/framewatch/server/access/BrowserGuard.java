package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// Keeps other web sites from using a visitor's browser against this server. Thread safe.
///
/// A request that changes something and comes from a browser must come from a page of this server:
/// `Sec-Fetch-Site` and `Origin` say so and no page can forge them. On loopback the `Host` must be
/// a loopback name as well, or a foreign site could point a name of its own at 127.0.0.1 and read
/// the answers (DNS rebinding).
final class BrowserGuard {

    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private BrowserGuard() {}

    static boolean changesSomething(ServerRequest req) {
        return !SAFE_METHODS.contains(req.prologue().method().text());
    }

    /// Refuses requests sent on behalf of another site.
    static void checkSite(ServerRequest req) {
        String site = req.headers().first(SEC_FETCH_SITE).orElse("none");
        boolean foreignSite = !site.equals("same-origin") && !site.equals("none");
        String origin = req.headers().first(HeaderNames.ORIGIN).orElse("");
        boolean foreignOrigin = !origin.isEmpty() && !sameHost(origin, req.authority());
        if (foreignSite || foreignOrigin) {
            throw new FaultException(
                    Fault.caller(
                            "cross_site",
                            "A page of another site sent this request.",
                            "Act from the pages of this server, or with an API token."));
        }
    }

    private static boolean sameHost(String origin, String authority) {
        try {
            return authority.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Refuses requests whose `Host` is no name of loopback.
    static void checkLoopbackHost(ServerRequest req) {
        if (!isLoopbackName(req.authority())) {
            throw new FaultException(
                    Fault.caller(
                            "host_refused",
                            "This server answers to the names of this machine only.",
                            "Open it as http://127.0.0.1 with its port, or start it with --listen."));
        }
    }

    static boolean isLoopbackName(String authority) {
        String host = authority.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
