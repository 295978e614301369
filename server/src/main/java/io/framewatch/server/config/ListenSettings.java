package io.framewatch.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the server listens.
///
/// @param host address to bind, an IP literal without brackets or a name
/// @param port TCP port, 0 for any free one
/// @param portFixed whether a busy port is an error; else a free one is taken and printed
public record ListenSettings(String host, int port, boolean portFixed) {

    /// The port when none is given: Prometheus's.
    public static final int PORT = 9090;

    /// Loopback, port 9090, another one if that is busy.
    public static final ListenSettings DEFAULT = new ListenSettings("127.0.0.1", PORT, false);

    /// Reads `HOST:PORT`, `:PORT` (every address of this machine), `HOST` or `[IPV6]:PORT`; null if
    /// the text is none of these.
    public static @Nullable ListenSettings parse(String address) {
        return parse(address, PORT);
    }

    /// The same with another port for an address that names none.
    public static @Nullable ListenSettings parse(String address, int otherwisePort) {
        boolean bareIpv6 =
                !address.startsWith("[") && address.chars().filter(c -> c == ':').count() > 1;
        int colon = bareIpv6 || address.endsWith("]") ? -1 : address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? "" : address.substring(colon + 1);
        if (!port.matches("\\d{0,5}") || (colon >= 0 && port.isEmpty()) || address.isBlank()) {
            return null;
        }
        int number = port.isEmpty() ? otherwisePort : Integer.parseInt(port);
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return number > 65_535 || plain.matches(".*[\\s/\\[\\]].*")
                ? null
                : new ListenSettings(plain.isEmpty() ? "0.0.0.0" : plain, number, colon >= 0);
    }

    /// Whether only programs on this machine can connect, so that no login is asked for.
    public boolean loopback() {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
