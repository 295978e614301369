package io.framewatch.server.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who may use the server.
///
/// @param tokensFile file of API tokens, a line `TOKEN TENANT [ROLE]` each, or null
/// @param usersFile file of local users, or null for `users.txt` in the data folder
/// @param anonymousViewer whether people may look without a login
/// @param always whether a login is asked for on loopback as well, as behind a reverse proxy
/// @param externalUrl where browsers find this server, or null for where it listens
/// @param oidc a login provider, or null
/// @param sessionsMax most logins kept at once; the one idle longest gives way
/// @param sessionIdleMs a login unused for so long ends, milliseconds
/// @param sessionMaxMs a login ends after so long in any case, milliseconds
/// @param loginLinkMs how long a login link can be used, milliseconds
public record AccessSettings(
        @Nullable Path tokensFile,
        @Nullable Path usersFile,
        boolean anonymousViewer,
        boolean always,
        @Nullable URI externalUrl,
        @Nullable OidcSettings oidc,
        int sessionsMax,
        long sessionIdleMs,
        long sessionMaxMs,
        long loginLinkMs) {

    /// No tokens; 1,000 logins of at most a week that end after 12 idle hours.
    public static final AccessSettings DEFAULT =
            new AccessSettings(null, 1_000, 12 * 3_600_000L, 7 * 86_400_000L, 15 * 60_000L);

    /// Tokens, local users and login links only.
    public AccessSettings(
            @Nullable Path tokensFile,
            int sessionsMax,
            long sessionIdleMs,
            long sessionMaxMs,
            long loginLinkMs) {
        this(
                tokensFile,
                null,
                false,
                false,
                null,
                null,
                sessionsMax,
                sessionIdleMs,
                sessionMaxMs,
                loginLinkMs);
    }
}
