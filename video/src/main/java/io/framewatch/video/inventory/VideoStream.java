package io.framewatch.video.inventory;

import java.net.URI;
import java.util.List;

/// One stream and what is expected of it. A number that is 0 or a text that is empty is not stated.
///
/// @param id label value `stream_id`, unique in the inventory
/// @param name what people call its picture
/// @param urls where it is delivered; the first is watched, the others when it fails. They may hold
///   credentials: show [#shownUrl()] to people
/// @param fps frames per second
/// @param bitrateBps bits per second
/// @param codec video codec in ffmpeg's words, such as `h264`
/// @param width picture width, pixels
/// @param height picture height, pixels
/// @param schedule when it is meant to be on
/// @param priority 1 most important to 9 least
/// @param freezeSeconds how long the same picture may stand before it counts as frozen; 0 switches
///   the check off, for scenes that stand still by nature
public record VideoStream(
        String id,
        String name,
        List<String> urls,
        double fps,
        long bitrateBps,
        String codec,
        int width,
        int height,
        Schedule schedule,
        int priority,
        double freezeSeconds) {

    /// Seconds that the same picture may stand if the inventory does not say.
    public static final double FREEZE_SECONDS_DEFAULT = 4;

    /// Priority if the inventory does not say.
    public static final int PRIORITY_DEFAULT = 5;

    /// Keeps its own copy of the list.
    public VideoStream {
        urls = List.copyOf(urls);
    }

    /// A stream of which only the address is known.
    public static VideoStream of(String id, String name, String url) {
        return new VideoStream(
                id,
                name,
                List.of(url),
                0,
                0,
                "",
                0,
                0,
                Schedule.ALWAYS,
                PRIORITY_DEFAULT,
                FREEZE_SECONDS_DEFAULT);
    }

    /// The first address without user, password and query: safe to show and to log.
    public String shownUrl() {
        return urls.isEmpty() ? "" : shown(urls.getFirst());
    }

    /// `url` without user, password, query and fragment.
    public static String shown(String url) {
        try {
            URI uri = URI.create(url);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return uri.getHost() == null
                    ? uri.getScheme() + "://"
                    : uri.getScheme() + "://" + uri.getHost() + port + path;
        } catch (IllegalArgumentException e) {
            return "(an address that cannot be read)";
        }
    }
}
