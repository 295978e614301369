package io.framewatch.video.inventory;

import java.net.URI;
import java.util.List;

/// Which addresses can be watched.
final class Addresses {

    private static final List<String> SCHEMES =
            List.of("http", "https", "rtsp", "rtsps", "rtmp", "rtmps");

    /// For messages.
    static final String KNOWN = "http://, https://, rtsp://, rtsps://, rtmp:// or rtmps://";

    /// Longest address accepted, characters.
    static final int LENGTH_MAX = 4_096;

    private Addresses() {}

    static boolean isWatchable(String url) {
        if (url.length() > LENGTH_MAX) {
            return false;
        }
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            return scheme != null && SCHEMES.contains(scheme) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
