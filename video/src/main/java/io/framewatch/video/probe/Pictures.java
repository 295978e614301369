package io.framewatch.video.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The newest thumbnail of each stream. Thread safe.
public final class Pictures {

    /// Largest thumbnail kept, bytes.
    public static final int JPEG_BYTES_MAX = 256 * 1024;

    private final Map<String, Thumbnail> newest = new ConcurrentHashMap<>();

    /// A thumbnail.
    ///
    /// @param jpeg the picture, JPEG; not to be changed
    /// @param takenAtMs when it was decoded, Unix milliseconds
    /// @param version grows by one with each picture of the stream
    public record Thumbnail(byte[] jpeg, long takenAtMs, long version) {}

    /// No pictures yet.
    public Pictures() {}

    /// Keeps a picture in place of the stream's last one; one that is too large is ignored.
    public void put(String streamId, byte[] jpeg, long takenAtMs) {
        if (jpeg.length == 0 || jpeg.length > JPEG_BYTES_MAX) {
            return;
        }
        newest.compute(
                streamId,
                (_, old) -> new Thumbnail(jpeg, takenAtMs, old == null ? 1 : old.version() + 1));
    }

    /// The newest picture of a stream, or null if there is none.
    public @Nullable Thumbnail newest(String streamId) {
        return newest.get(streamId);
    }

    /// Forgets a stream.
    public void remove(String streamId) {
        newest.remove(streamId);
    }
}
