/// Login through a provider of OpenID Connect (Core 1.0, authorization code with PKCE, RFC 7636).
/// [io.framewatch.server.access.oidc.OidcEndpoints] sends the browser there and takes it back;
/// [io.framewatch.server.access.oidc.PendingLogins] remembers who was sent;
/// [io.framewatch.server.access.oidc.Provider] is discovered, gives tokens for codes and keys for
/// signatures; [io.framewatch.server.access.oidc.IdTokens] checks what it signed;
/// [io.framewatch.server.access.oidc.ClaimRules] makes a role and a tenant of it.
@NullMarked
package io.framewatch.server.access.oidc;

import org.jspecify.annotations.NullMarked;
