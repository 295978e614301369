package io.framewatch.ingest.config;

/// Which proxy requests go through.
///
/// @param url proxy address, empty for none
/// @param noProxy hosts reached directly, comma separated as in `NO_PROXY`
/// @param fromEnvironment whether `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` decide
public record ProxyConfig(String url, String noProxy, boolean fromEnvironment) {

    /// No proxy.
    public static final ProxyConfig NONE = new ProxyConfig("", "", false);
}
