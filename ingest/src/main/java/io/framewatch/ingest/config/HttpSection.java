package io.framewatch.ingest.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the keys that say how requests are made; they stand among the other keys of a job.
final class HttpSection {

    private static final Set<String> RESERVED_HEADERS =
            Set.of(
                    "authorization",
                    "host",
                    "content-encoding",
                    "content-length",
                    "content-type",
                    "user-agent",
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "www-authenticate",
                    "accept-encoding",
                    "x-prometheus-remote-write-version",
                    "x-prometheus-remote-read-version",
                    "x-prometheus-scrape-timeout-seconds",
                    "accept");
    private static final List<String> TLS_VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

    private HttpSection() {}

    static HttpClientConfig read(Section section) {
        HttpAuth auth = auth(section);
        TlsConfig tls = tls(section.section("tls_config"));
        ProxyConfig proxy = proxy(section);
        boolean redirects = section.bool("follow_redirects", true);
        section.bool("enable_http2", true);
        return new HttpClientConfig(auth, tls, proxy, redirects, headers(section));
    }

    private static HttpAuth auth(Section section) {
        SecretSource bearer = secret(section, "bearer_token", "bearer_token_file");
        boolean hasBearer = section.has("bearer_token") || section.has("bearer_token_file");
        boolean hasBasic = section.has("basic_auth");
        boolean hasOauth = section.has("oauth2");
        boolean hasAuthorization = section.has("authorization");
        if (hasBearer && (hasBasic || hasOauth)) {
            section.problem(
                    "at most one of basic_auth, oauth2, bearer_token and bearer_token_file may be set");
        } else if (hasBearer && hasAuthorization) {
            section.problem("authorization cannot stand beside bearer_token or bearer_token_file");
        } else if ((hasBasic ? 1 : 0) + (hasOauth ? 1 : 0) + (hasAuthorization ? 1 : 0) > 1) {
            section.problem("at most one of basic_auth, oauth2 and authorization may be set");
        }
        if (hasBasic) {
            return basic(section.section("basic_auth"));
        }
        if (hasAuthorization) {
            return authorization(section.section("authorization"));
        }
        if (hasOauth) {
            return oauth2(section.section("oauth2"));
        }
        return hasBearer ? new HttpAuth.Header("Bearer", bearer) : HttpAuth.NONE;
    }

    private static HttpAuth basic(Section section) {
        section.allow("username_ref", "password_ref");
        SecretSource username = secret(section, "username", "username_file");
        SecretSource password = secret(section, "password", "password_file");
        section.end();
        return new HttpAuth.Basic(username, password);
    }

    private static HttpAuth authorization(Section section) {
        section.allow("credentials_ref");
        String type = section.text("type", "Bearer").strip();
        if (type.toLowerCase(Locale.ROOT).equals("basic")) {
            section.problem("type", "use basic_auth instead of authorization with type Basic");
        }
        SecretSource credentials = secret(section, "credentials", "credentials_file");
        section.end();
        return new HttpAuth.Header(type.isEmpty() ? "Bearer" : type, credentials);
    }

    private static HttpAuth oauth2(Section section) {
        section.allow(
                "client_certificate_key",
                "client_certificate_key_file",
                "client_certificate_key_ref",
                "client_certificate_key_id",
                "client_secret_ref",
                "grant_type",
                "signature_algorithm",
                "iss",
                "audience",
                "claims");
        String clientId = section.textRequired("client_id", "oauth2 needs client_id");
        String tokenUrl = section.textRequired("token_url", "oauth2 needs token_url");
        SecretSource secret = secret(section, "client_secret", "client_secret_file");
        if (section.has("client_certificate_key") && section.has("client_certificate_key_file")) {
            section.problem(
                    "at most one of client_certificate_key and client_certificate_key_file may be set");
        }
        List<String> scopes = section.texts("scopes");
        Map<String, String> params = section.textMap("endpoint_params");
        TlsConfig tls = tls(section.section("tls_config"));
        proxy(section);
        section.end();
        return new HttpAuth.OAuth2(clientId, secret, scopes, tokenUrl, params, tls);
    }

    /// A secret given in place, as `${NAME}` of the environment, or as a file.
    static SecretSource secret(Section section, String key, String fileKey) {
        String inline = section.text(key, "");
        Path file = section.path(fileKey);
        if (!inline.isEmpty() && file != null) {
            section.problem("at most one of " + key + " and " + fileKey + " may be set");
        }
        if (file != null) {
            return new SecretSource.InFile(file);
        }
        if (inline.isEmpty()) {
            return SecretSource.NONE;
        }
        return new SecretSource.Inline(new Secret(fromEnvironment(section, key, inline)));
    }

    private static String fromEnvironment(Section section, String key, String text) {
        if (!text.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}")) {
            return text;
        }
        String name = text.substring(2, text.length() - 1);
        String value = section.source().environment().apply(name);
        if (value == null) {
            section.problem(key, "the environment variable " + name + " is not set");
            return "";
        }
        return value;
    }

    static TlsConfig tls(Section section) {
        section.allow("ca_ref", "cert_ref", "key_ref");
        String ca = section.text("ca", "");
        Path caFile = section.path("ca_file");
        String cert = section.text("cert", "");
        Path certFile = section.path("cert_file");
        SecretSource key = secret(section, "key", "key_file");
        checkPairs(section, ca, caFile, cert, certFile, key);
        String serverName = section.text("server_name", "");
        boolean insecure = section.bool("insecure_skip_verify", false);
        String min = section.word("min_version", "", TLS_VERSIONS);
        String max = section.word("max_version", "", TLS_VERSIONS);
        if (!min.isEmpty() && !max.isEmpty() && min.compareTo(max) > 0) {
            section.problem("min_version", "min_version is above max_version");
        }
        section.end();
        return new TlsConfig(
                ca, caFile, cert, certFile, key, serverName, insecure, tlsName(min), tlsName(max));
    }

    private static void checkPairs(
            Section section,
            String ca,
            @Nullable Path caFile,
            String cert,
            @Nullable Path certFile,
            SecretSource key) {
        if (!ca.isEmpty() && caFile != null) {
            section.problem("at most one of ca and ca_file may be set");
        }
        if (!cert.isEmpty() && certFile != null) {
            section.problem("at most one of cert and cert_file may be set");
        }
        boolean hasCert = !cert.isEmpty() || certFile != null;
        boolean hasKey = !(key instanceof SecretSource.None) || section.has("key_ref");
        hasCert |= section.has("cert_ref");
        if (hasCert != hasKey) {
            section.problem("a client certificate and its key must be set together");
        }
    }

    private static String tlsName(String word) {
        return switch (word) {
            case "TLS10" -> "TLSv1";
            case "TLS11" -> "TLSv1.1";
            case "TLS12" -> "TLSv1.2";
            case "TLS13" -> "TLSv1.3";
            default -> "";
        };
    }

    private static ProxyConfig proxy(Section section) {
        String url = section.text("proxy_url", "");
        String noProxy = section.text("no_proxy", "");
        boolean environment = section.bool("proxy_from_environment", false);
        boolean connect = section.has("proxy_connect_header");
        section.textsMap("proxy_connect_header");
        if (environment && (!url.isEmpty() || !noProxy.isEmpty())) {
            section.problem("proxy_from_environment cannot stand beside proxy_url or no_proxy");
        }
        if (!noProxy.isEmpty() && url.isEmpty() && !environment) {
            section.problem("no_proxy", "no_proxy needs proxy_url");
        }
        if (connect && url.isEmpty() && !environment) {
            section.problem("proxy_connect_header", "proxy_connect_header needs proxy_url");
        }
        return new ProxyConfig(url, noProxy, environment);
    }

    private static Map<String, List<SecretSource>> headers(Section section) {
        Section headers = section.section("http_headers");
        Map<String, List<SecretSource>> map = new LinkedHashMap<>();
        for (String name : headers.names()) {
            if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.problem(name, "the header " + name + " is set by us and cannot be changed");
            }
            Section header = headers.section(name);
            List<SecretSource> values = new ArrayList<>();
            for (String value : header.texts("values")) {
                values.add(new SecretSource.Inline(new Secret(value)));
            }
            for (String value : header.texts("secrets")) {
                values.add(new SecretSource.Inline(new Secret(value)));
            }
            for (String path : header.texts("files")) {
                values.add(new SecretSource.InFile(section.source().resolve(path)));
            }
            header.allow("secret_refs");
            header.end();
            map.put(name, List.copyOf(values));
        }
        return map;
    }

    /// Headers of remote write, read and tracing, where some names are ours.
    static Map<String, String> plainHeaders(Section section) {
        Map<String, String> headers = section.textMap("headers");
        for (String name : headers.keySet()) {
            if (name.equalsIgnoreCase("authorization")) {
                section.problem(
                        "headers", "set the authorization header by basic_auth or authorization");
            } else if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                section.problem("headers", "the header " + name + " is set by us");
            }
        }
        return headers;
    }

    /// An `http` or `https` address with a host; tells what is wrong and answers it as written.
    static String url(Section section, String key, String missing) {
        String url = section.text(key, "");
        if (url.isEmpty()) {
            section.problem(key, missing);
            return url;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                section.problem(key, "the address must start with http:// or https://");
            } else if (uri.getRawAuthority() == null) {
                section.problem(key, "the address names no host");
            }
        } catch (URISyntaxException e) {
            boolean noHost = url.matches("https?://([/?#].*)?");
            section.problem(key, noHost ? "the address names no host" : "not a valid address");
        }
        return url;
    }
}
