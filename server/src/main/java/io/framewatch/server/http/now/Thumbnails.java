package io.framewatch.server.http.now;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps the newest picture of each stream.
@FunctionalInterface
public interface Thumbnails {

    /// The newest picture of a stream, or null if there is none.
    @Nullable Picture of(String stream);

    /// A picture.
    ///
    /// @param jpeg its bytes
    /// @param takenAt when it was taken
    record Picture(byte[] jpeg, Instant takenAt) {}
}
