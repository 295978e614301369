package io.framewatch.server.cli;

import java.net.URI;
import java.util.Optional;

/// A started server as the command line sees it.
public interface RunningServer extends AutoCloseable {

    /// Where a browser on this machine finds the pages.
    URI address();

    /// A link that logs in once; empty where no login is asked for.
    Optional<URI> loginLink();

    /// Ends it.
    @Override
    void close();
}
