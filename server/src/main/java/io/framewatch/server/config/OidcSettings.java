package io.framewatch.server.config;

import io.framewatch.ingest.config.SecretSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to log in through a provider of OpenID Connect.
///
/// @param name what the login button says
/// @param issuer the provider, as its tokens name it
/// @param clientId this program, as the provider knows it
/// @param clientSecret the secret shared with the provider; none for a public client
/// @param scopes what is asked for, `openid` among it
/// @param caFile PEM certificates to trust, or null for the Java runtime's
/// @param userClaim claim that names the person
/// @param roleClaim claim whose values give roles; dots lead into objects
/// @param viewers values of the role claim that make viewers; `*` is everybody
/// @param editors values that make editors
/// @param admins values that make admins
/// @param tenantClaim claim whose value gives the tenant, or null for `default`
/// @param tenants tenants by value of the tenant claim; empty: the value is the tenant
/// @param clockSkewMs how far the provider's clock may be off, milliseconds
/// @param timeoutMs longest wait for the provider, milliseconds
public record OidcSettings(
        String name,
        URI issuer,
        String clientId,
        SecretSource clientSecret,
        List<String> scopes,
        @Nullable Path caFile,
        String userClaim,
        String roleClaim,
        List<String> viewers,
        List<String> editors,
        List<String> admins,
        @Nullable String tenantClaim,
        Map<String, String> tenants,
        long clockSkewMs,
        long timeoutMs) {

    /// Copies what it is given.
    public OidcSettings {
        scopes = List.copyOf(scopes);
        viewers = List.copyOf(viewers);
        editors = List.copyOf(editors);
        admins = List.copyOf(admins);
        tenants = Map.copyOf(tenants);
    }
}
