/// Who may come in. On loopback nobody is asked, but only pages of this very server may act
/// ([io.framewatch.server.access.BrowserGuard]). Elsewhere a request needs an API token
/// ([io.framewatch.server.access.ApiTokens]) or a session ([io.framewatch.server.access.Sessions]),
/// begun with a one-time link ([io.framewatch.server.access.LoginLinks]), by name and password
/// ([io.framewatch.server.access.PasswordLogin], [io.framewatch.server.access.UsersFile]), or
/// through a login provider ([io.framewatch.server.access.oidc.OidcEndpoints]).
/// [io.framewatch.server.access.AccessFilter] decides, by the roles of
/// [io.framewatch.server.access.RolePolicy]; [io.framewatch.server.access.SessionEndpoints] begins
/// and ends sessions.
@NullMarked
package io.framewatch.server.access;

import org.jspecify.annotations.NullMarked;
