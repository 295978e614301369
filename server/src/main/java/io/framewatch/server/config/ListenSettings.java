package io.framewatch.server.config;

import java.util.Locale;

/// Where the server listens.
///
/// @param host address to bind, an IP literal or a name
/// @param port TCP port, 0 for any free one
/// @param portFixed whether a busy port is an error; else a free one is taken and printed
public record ListenSettings(String host, int port, boolean portFixed) {

    /// Loopback, port 9090, another one if that is busy.
    public static final ListenSettings DEFAULT = new ListenSettings("127.0.0.1", 9090, false);

    /// Whether only programs on this machine can connect, so that no login is asked for.
    public boolean loopback() {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
