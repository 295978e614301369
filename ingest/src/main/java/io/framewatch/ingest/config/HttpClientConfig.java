package io.framewatch.ingest.config;

import java.util.List;
import java.util.Map;

/// How to make requests of one kind.
///
/// @param auth credentials
/// @param tls TLS settings
/// @param proxy proxy settings
/// @param followRedirects whether redirects are followed, at most 10 of them
/// @param headers further headers by name
public record HttpClientConfig(
        HttpAuth auth,
        TlsConfig tls,
        ProxyConfig proxy,
        boolean followRedirects,
        Map<String, List<SecretSource>> headers) {

    /// Plain requests.
    public static final HttpClientConfig DEFAULT =
            new HttpClientConfig(
                    HttpAuth.NONE, TlsConfig.DEFAULT, ProxyConfig.NONE, true, Map.of());

    /// Copies the map.
    public HttpClientConfig {
        headers = Map.copyOf(headers);
    }
}
