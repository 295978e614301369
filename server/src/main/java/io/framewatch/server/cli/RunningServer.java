package io.framewatch.server.cli;

import java.net.URI;
import java.util.Optional;

/// A started server as the command line sees it.
public interface RunningServer extends AutoCloseable {

    /// Where a browser on this machine finds the pages.
    URI address();

    /// Where OTLP over gRPC is taken, `HOST:PORT`; empty if it is not.
    Optional<String> grpcAddress();

    /// A link that logs in once; empty where no login is asked for.
    Optional<URI> loginLink();

    /// Reads the configuration again; throws `FaultException`, and the old one then stays.
    void reload();

    /// Ends it.
    @Override
    void close();
}
