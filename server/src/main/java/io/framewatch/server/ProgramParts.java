package io.framewatch.server;

import io.framewatch.server.cli.RunningServer;
import io.framewatch.server.config.Settings;
import io.framewatch.server.parts.VideoSide;
import java.net.URI;
import java.util.Optional;

/// Hands the assembled program to the command line, which must not know how it is wired.
final class ProgramParts implements RunningServer {

    private final Framewatch framewatch;

    private ProgramParts(Framewatch framewatch) {
        this.framewatch = framewatch;
    }

    static RunningServer start(Settings settings) {
        return new ProgramParts(Framewatch.start(settings));
    }

    static RunningServer start(Settings settings, VideoSide.Maker video) {
        return new ProgramParts(Framewatch.start(settings, video));
    }

    @Override
    public URI address() {
        return framewatch.address();
    }

    @Override
    public Optional<String> grpcAddress() {
        return framewatch.grpcAddress();
    }

    @Override
    public Optional<URI> loginLink() {
        return framewatch.loginLink();
    }

    @Override
    public void reload() {
        framewatch.reload();
    }

    @Override
    public void close() {
        framewatch.close();
    }
}
