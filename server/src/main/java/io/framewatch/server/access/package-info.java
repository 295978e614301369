/// Who may come in. On loopback nobody is asked, but only pages of this very server may act
/// ([io.framewatch.server.access.BrowserGuard]). Listening elsewhere, a request needs a session
/// ([io.framewatch.server.access.Sessions], begun with a one-time
/// [io.framewatch.server.access.LoginLinks] link) or an API token
/// ([io.framewatch.server.access.ApiTokens]). [io.framewatch.server.access.AccessFilter] decides;
/// [io.framewatch.server.access.SessionEndpoints] begins and ends sessions.
@NullMarked
package io.framewatch.server.access;

import org.jspecify.annotations.NullMarked;
