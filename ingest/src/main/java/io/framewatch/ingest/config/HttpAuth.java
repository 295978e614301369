package io.framewatch.ingest.config;

import java.util.List;
import java.util.Map;

/// How requests say who is asking.
public sealed interface HttpAuth {

    /// No credentials.
    HttpAuth NONE = new None();

    /// No credentials.
    record None() implements HttpAuth {}

    /// HTTP Basic.
    ///
    /// @param username user, may also come from a file
    /// @param password password
    record Basic(SecretSource username, SecretSource password) implements HttpAuth {}

    /// `Authorization: TYPE CREDENTIALS`.
    ///
    /// @param type scheme word, `Bearer` unless configured
    /// @param credentials what follows it
    record Header(String type, SecretSource credentials) implements HttpAuth {}

    /// OAuth 2 client credentials: a token fetched from `tokenUrl` and kept until it expires.
    ///
    /// @param clientId client
    /// @param clientSecret its secret
    /// @param scopes scopes asked for
    /// @param tokenUrl where tokens are given out
    /// @param endpointParams further form fields
    /// @param tls TLS towards `tokenUrl`
    record OAuth2(
            String clientId,
            SecretSource clientSecret,
            List<String> scopes,
            String tokenUrl,
            Map<String, String> endpointParams,
            TlsConfig tls)
            implements HttpAuth {}
}
