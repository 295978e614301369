package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--listen`, shared by the verbs that start a server.
public final class ListenOption {

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on: HOST:PORT, :PORT or HOST. Beyond this machine a login is"
                            + " asked for and a one-time link is printed.")
    private @Nullable String listen;

    /// The settings with the option's address, or as they are without the option.
    public Settings apply(Settings settings) {
        return listen == null ? settings : settings.withListen(parse(listen));
    }

    static ListenSettings parse(String address) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon >= 0 && !address.endsWith("]") && !bareIpv6(address);
        String host = hasPort ? address.substring(0, colon) : address;
        try {
            int port = hasPort ? Integer.parseInt(address.substring(colon + 1)) : 9090;
            if (port >= 0 && port <= 65_535) {
                String plain = host.replaceAll("^\\[|]$", "");
                return new ListenSettings(plain.isEmpty() ? "0.0.0.0" : plain, port, hasPort);
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of bounds is
        }
        throw new FaultException(
                Fault.operator(
                        "listen_address",
                        "The address " + address + " is no HOST:PORT.",
                        "Write for example --listen 0.0.0.0:9090."));
    }

    private static boolean bareIpv6(String address) {
        return !address.startsWith("[") && address.chars().filter(c -> c == ':').count() > 1;
    }
}
