package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.helidon.webserver.http.Filter;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Everything about who may come in, put together. Thread safe.
public final class Access {

    private final boolean loopback;
    private final LoginLinks links;
    private final AccessFilter filter;
    private final SessionEndpoints endpoints;

    /// @param token the value of the variable `FRAMEWATCH_TOKEN`, or null
    public Access(Settings settings, @Nullable String token, Clock clock) {
        ApiTokens tokens = ApiTokens.read(settings.access().tokensFile(), token);
        Sessions sessions = new Sessions(settings.access(), clock);
        this.loopback = settings.listen().loopback();
        this.links = new LoginLinks(settings.access().loginLinkMs(), clock);
        this.filter = new AccessFilter(loopback, sessions, tokens);
        this.endpoints = new SessionEndpoints(sessions, links, tokens);
    }

    /// What every request passes.
    public Filter filter() {
        return filter;
    }

    /// Paths that begin and end sessions.
    public Endpoints endpoints() {
        return endpoints;
    }

    /// A new link that logs in once, or null where no login is asked for.
    public @Nullable URI loginLink(URI address) {
        return loopback ? null : address.resolve("/login?token=" + links.issue());
    }
}
