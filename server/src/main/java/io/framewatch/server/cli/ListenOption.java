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

    /// The settings with the option's address, or as they are without the option. Throws
    /// `listen_address`.
    public Settings apply(Settings settings) {
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
