package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;

/// Starts a server.
@FunctionalInterface
public interface ServerStarter {

    /// Returns when it answers requests; throws `FaultException` when it cannot run like this.
    RunningServer start(Settings settings);
}
