package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `--listen`, shared by the verbs that start a server.
final class ListenOption {

    private ListenOption() {}

    static void declare(Subparser parser) {
        parser.addArgument("--listen")
                .metavar("ADDRESS")
                .help(
                        "Address to listen on: HOST:PORT, :PORT or HOST. Beyond this machine a"
                                + " login is asked for and a one-time link is printed.");
    }

    /// The settings with the option's address, or as they are without the option. Throws
    /// `listen_address`.
    static Settings apply(Namespace given, Settings settings) {
        @Nullable String listen = given.getString("listen");
        if (listen == null) {
            return settings;
        }
        ListenSettings parsed = ListenSettings.parse(listen);
        if (parsed == null) {
            throw new FaultException(
                    Fault.operator(
                            "listen_address",
                            "The address " + listen + " is no HOST:PORT.",
                            "Write for example --listen 0.0.0.0:9090."));
        }
        return settings.withListen(parsed);
    }
}
