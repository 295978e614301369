package io.framewatch.ingest.discover.find;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What discovery takes from the machine it runs on.
///
/// @param dnsServers DNS servers as `dns://HOST:PORT`, with blanks between them; empty for the
///   machine's own
/// @param resolvConf file with the search path of names
/// @param variables environment variables
/// @param serviceAccount folder with the credentials of a process that runs in Kubernetes
public record DiscoveryEnvironment(
        String dnsServers,
        Path resolvConf,
        Function<String, @Nullable String> variables,
        Path serviceAccount) {

    /// This machine.
    public static final DiscoveryEnvironment SYSTEM =
            new DiscoveryEnvironment(
                    "",
                    Path.of("/etc/resolv.conf"),
                    System::getenv,
                    Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
}
