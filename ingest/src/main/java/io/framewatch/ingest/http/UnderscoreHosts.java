package io.framewatch.ingest.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hosts whose names have an underscore, as containers like to have. They are no host names by RFC
/// 952, and the JDK's client refuses them, though resolvers know them: the name is resolved here,
/// and the request goes to the address with the name in its header `Host`. That works without TLS
/// only, where nothing checks the name, and needs `-Djdk.httpclient.allowRestrictedHeaders=host`,
/// which the JDK reads before its first client. Immutable, thread safe.
public final class UnderscoreHosts {

    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>[A-Za-z0-9._-]*_[A-Za-z0-9._-]*)(?<port>:[0-9]{1,5})?");

    private final Resolver resolver;

    /// Finds the address of a name.
    @FunctionalInterface
    interface Resolver {

        /// Throws if nobody knows the name.
        InetAddress address(String host) throws UnknownHostException;
    }

    /// Where a request goes.
    ///
    /// @param uri the address, with a host that the client takes
    /// @param host what to say in the header `Host`; empty for the client's choice
    record Reached(URI uri, String host) {}

    UnderscoreHosts(Resolver resolver) {
        this.resolver = resolver;
    }

    /// Whether an address has such a host.
    public static boolean has(URI uri) {
        return uri.getHost() == null
                && uri.getRawAuthority() != null
                && AUTHORITY.matcher(uri.getRawAuthority()).matches();
    }

    /// Where a request to `uri` goes: there, unless it [#has] such a host.
    Reached reach(URI uri) throws FetchException {
        if (!has(uri)) {
            return new Reached(uri, "");
        }
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
        boolean matches = authority.matches();
        String host = matches ? authority.group("host") : "";
        if (!"http".equals(uri.getScheme())) {
            throw new FetchException(
                    "the host name "
                            + host
                            + " has an underscore, which TLS does not allow; whoever configures"
                            + " this server: use another name of that host");
        }
        try {
            InetAddress address = resolver.address(host);
            String port = authority.group("port") == null ? "" : authority.group("port");
            String literal = address.getHostAddress();
            String shown = literal.contains(":") ? "[" + literal + "]" : literal;
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            URI reached = new URI("http://" + shown + port + uri.getRawPath() + query);
            return new Reached(reached, uri.getRawAuthority());
        } catch (UnknownHostException e) {
            throw new FetchException("there is no host named " + host, e);
        } catch (URISyntaxException e) {
            throw new FetchException("not a valid address", e);
        }
    }
}
