package io.framewatch.server.parts;

import io.framewatch.server.http.now.DemoControls;
import io.framewatch.server.http.now.Thumbnails;
import io.framewatch.video.now.Now;
import io.framewatch.video.segment.Deliveries;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The video a server watches: its state, its pictures and, in the demo, its buttons. Thread safe.
public interface VideoSide extends Thumbnails, AutoCloseable {

    /// Makes the side on top of the core; it starts nothing that needs the server's address.
    @FunctionalInterface
    interface Maker {

        /// Called once, before the server listens.
        VideoSide make(Core core);
    }

    /// The server answers at `address`; probes and pipelines may start. Called once.
    void start(URI address);

    /// The state of everything; called at most about once a second.
    Now now();

    /// The folder that holds a stream's HLS files, or null if this server delivers none for it.
    @Nullable Path folder(String stream);

    /// The traces of the segments that this server delivers.
    default Deliveries deliveries() {
        return Deliveries.none();
    }

    /// The demo's buttons, or null outside of the demo.
    @Nullable DemoControls demo();

    /// Stops probes and pipelines and leaves no process behind.
    @Override
    void close();
}
