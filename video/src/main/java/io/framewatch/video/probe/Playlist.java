package io.framewatch.video.probe;

import io.lindstrom.m3u8.model.ByteRange;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.Resolution;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a playlist says, of what matters here (RFC 8216).
sealed interface Playlist {

    /// A choice of renditions.
    record Master(List<Rendition> renditions) implements Playlist {}

    /// One rendition of a master playlist; `height` is 0 if not said.
    record Rendition(URI uri, long bandwidthBps, int height) {}

    /// A list of segments.
    ///
    /// @param targetMs target duration, milliseconds, at least 1
    /// @param sequence media sequence number of the first segment
    /// @param ended whether it says that nothing more will come
    record Media(long targetMs, long sequence, boolean ended, List<Segment> segments)
            implements Playlist {}

    /// One segment.
    ///
    /// @param range value of the Range header that gets it, or null if it is the whole resource
    /// @param durationMs how long it plays, milliseconds
    /// @param dateMs wall time of its first frame, Unix milliseconds; 0 if not said
    /// @param discontinuity whether the media before and after it do not fit together
    /// @param map where its initialization lies, or null
    /// @param encrypted whether it is encrypted
    record Segment(
            URI uri,
            @Nullable String range,
            long durationMs,
            long dateMs,
            boolean discontinuity,
            @Nullable URI map,
            boolean encrypted) {}

    /// No playlist.
    record Unreadable(String why) implements Playlist {}

    /// Most segments of a playlist that are read; a longer one is a recording, not a live stream.
    int SEGMENTS_MAX = 20_000;

    /// Reads the playlist that was got from `base`.
    static Playlist read(URI base, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith("#EXTM3U") && !text.startsWith("\uFEFF#EXTM3U")) {
            return new Unreadable("the answer is no playlist");
        }
        try {
            return text.contains("#EXT-X-STREAM-INF") ? master(base, text) : media(base, text);
        } catch (PlaylistParserException | IllegalArgumentException e) {
            return new Unreadable("the playlist cannot be read");
        }
    }

    private static Playlist master(URI base, String text) throws PlaylistParserException {
        MasterPlaylist parsed = new MasterPlaylistParser(ParsingMode.LENIENT).readPlaylist(text);
        List<Rendition> renditions = new ArrayList<>();
        for (Variant variant : parsed.variants()) {
            int height = variant.resolution().map(Resolution::height).orElse(0);
            renditions.add(new Rendition(base.resolve(variant.uri()), variant.bandwidth(), height));
        }
        return renditions.isEmpty()
                ? new Unreadable("the master playlist names no rendition")
                : new Master(List.copyOf(renditions));
    }

    private static Playlist media(URI base, String text) throws PlaylistParserException {
        MediaPlaylist parsed = new MediaPlaylistParser(ParsingMode.LENIENT).readPlaylist(text);
        if (parsed.mediaSegments().size() > SEGMENTS_MAX) {
            return new Unreadable("the playlist has more than " + SEGMENTS_MAX + " segments");
        }
        List<Segment> segments = new ArrayList<>();
        @Nullable URI map = null;
        boolean encrypted = false;
        for (MediaSegment segment : parsed.mediaSegments()) {
            if (segment.segmentMap().isPresent()) {
                map = base.resolve(segment.segmentMap().get().uri());
            }
            if (segment.segmentKey().isPresent()) {
                encrypted = !segment.segmentKey().get().method().name().equals("NONE");
            }
            segments.add(segment(base, segment, map, encrypted));
        }
        return new Media(
                Math.max(1, parsed.targetDuration() * 1000L),
                parsed.mediaSequence(),
                !parsed.ongoing(),
                List.copyOf(segments));
    }

    private static Segment segment(
            URI base, MediaSegment segment, @Nullable URI map, boolean encrypted) {
        double seconds = segment.duration();
        boolean sane = seconds >= 0 && seconds < 86_400;
        return new Segment(
                base.resolve(segment.uri()),
                segment.byteRange().map(Playlist::range).orElse(null),
                sane ? Math.round(seconds * 1000) : 0,
                segment.programDateTime().map(time -> time.toInstant().toEpochMilli()).orElse(0L),
                segment.discontinuity(),
                map,
                encrypted);
    }

    private static String range(ByteRange range) {
        long offset = range.offset().orElse(0L);
        return "bytes=" + offset + "-" + (offset + range.length() - 1);
    }
}
