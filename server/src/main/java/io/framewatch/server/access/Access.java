package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.access.oidc.OidcEndpoints;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.config.OidcSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.helidon.webserver.http.Filter;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything about who may come in, put together. Thread safe.
public final class Access implements AutoCloseable {

    private final boolean loopback;
    private final boolean open;
    private final ApiTokens tokens;
    private final IssuedTokens issued;
    private final LoginLinks links;
    private final AccessFilter filter;
    private final SessionEndpoints endpoints;
    private final List<Endpoints> administration;
    private final @Nullable OidcEndpoints provider;

    /// @param token the value of the variable `FRAMEWATCH_TOKEN`, or null
    public Access(Settings settings, @Nullable String token, Clock clock) {
        this.issued = new IssuedTokens(settings.store().folder().resolve("api-tokens.json"), clock);
        this.tokens = ApiTokens.read(settings.access().tokensFile(), token).with(issued);
        AccessSettings access = settings.access();
        Sessions sessions = new Sessions(access, clock);
        this.loopback = settings.listen().loopback() && !access.always();
        this.open = loopback && settings.grpc().listen().loopback();
        this.links = new LoginLinks(access.loginLinkMs(), clock);
        this.filter = new AccessFilter(loopback, access.anonymousViewer(), sessions, tokens);
        OidcSettings oidc = access.oidc();
        URI external = access.externalUrl();
        Users users = new Users(settings.usersFile(), clock);
        PasswordLogin passwords = new PasswordLogin(users, clock);
        String providerName = oidc == null ? null : oidc.name();
        this.endpoints =
                new SessionEndpoints(
                        sessions,
                        links,
                        tokens,
                        passwords,
                        providerName,
                        external != null && "https".equals(external.getScheme()));
        this.administration =
                List.of(
                        new UserEndpoints(users, passwords, sessions, providerName),
                        new TokenEndpoints(issued),
                        new AccountEndpoints(users, passwords, sessions, endpoints::begin));
        this.provider =
                oidc == null || external == null
                        ? null
                        : new OidcEndpoints(oidc, external, endpoints::begin, clock);
    }

    /// What every request passes.
    public Filter filter() {
        return filter;
    }

    /// Whose data a program may send that comes another way than HTTP.
    ///
    /// Throws `unauthenticated`, `forbidden` or `tenant_refused`.
    ///
    /// @param authorization the header of that name, empty for none
    /// @param scope `X-Scope-OrgID`, empty for none
    public Tenant sender(String authorization, String scope) {
        Caller caller = tokens.holder(authorization, scope);
        if (caller == null && !open) {
            throw new FaultException(
                    Fault.caller(
                            "unauthenticated",
                            "This server asks for a token.",
                            "Send authorization: Bearer TOKEN."));
        }
        return caller == null ? Tenant.DEFAULT : caller.requireSending().tenant();
    }

    /// Paths that begin and end sessions, and those that change who may come in.
    public Endpoints endpoints() {
        return rules -> {
            endpoints.addTo(rules);
            administration.forEach(each -> each.addTo(rules));
            if (provider != null) {
                provider.addTo(rules);
            }
        };
    }

    /// A new link that logs in once, or null where no login is asked for.
    public @Nullable URI loginLink(URI address) {
        return loopback ? null : address.resolve("/login?token=" + links.issue());
    }

    @Override
    public void close() {
        issued.close();
        if (provider != null) {
            provider.close();
        }
    }
}
