package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;
import io.framewatch.server.parts.VideoSide;

/// Starts a server that watches video.
@FunctionalInterface
public interface VideoServerStarter {

    /// Returns when it answers requests; throws `FaultException` when it cannot run like this.
    RunningServer start(Settings settings, VideoSide.Maker video);
}
