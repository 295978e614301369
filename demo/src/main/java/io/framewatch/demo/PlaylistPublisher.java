package io.framewatch.demo;

import io.framewatch.demo.trace.PublishedSegment;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Publishes one rendition's segments as a live playlist (RFC 8216): a sliding window that goes on
/// over restarts of the packager, with a discontinuity where it began anew.
///
/// ffmpeg's own PROGRAM-DATE-TIME counts from the moment it opened its output, after it had looked
/// at seconds of input, and so lies in the future by that much. Here a segment's wall time is
/// worked out from when it was finished: a segment that ends at media time `e` and was written at
/// `w` cannot have been captured before `w - e` on the wall, and the smallest `w - e` of a run is
/// the one with the least delay. When a stage turns slow, segments keep the time at which they were
/// captured, and the distance to the live edge grows as it does for a viewer.
///
/// Not thread safe.
final class PlaylistPublisher {

    /// Segments in the playlist.
    static final int WINDOW_SEGMENTS = 6;

    /// Segments kept on disk after they left the playlist, for players that still fetch them.
    private static final int KEPT_SEGMENTS = 6;

    private static final String PLAYLIST = "index.m3u8";

    private static final DateTimeFormatter WALL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final int rendition;
    private final Path folder;
    private final Consumer<PublishedSegment> published;
    private final Clock clock;
    private final Deque<Entry> window = new ArrayDeque<>();
    private final Deque<String> left = new ArrayDeque<>();
    private long mediaSequence;
    private long discontinuitySequence;
    private int run;
    private String newest = "";
    private long index;
    private long mediaMs;
    private long anchorMs = Long.MAX_VALUE;

    private record Entry(String file, long durationMs, long wallMs, boolean first) {}

    private record Taken(
            int run, long index, long bytes, long mediaEndMs, long writtenMs, Entry entry) {}

    /// Publishes what is cut into `folder` and tells `published` of each segment once its playlist
    /// names it.
    ///
    /// @param rendition which, counted from 0
    PlaylistPublisher(
            int rendition, Path folder, Consumer<PublishedSegment> published, Clock clock) {
        this.rendition = rendition;
        this.folder = folder;
        this.published = published;
        this.clock = clock;
    }

    /// Name of the list that the packager's run writes.
    static String cutList(int run) {
        return "cut-" + run + ".m3u8";
    }

    /// Looks for new segments of the packager's run `current`; answers whether there were any.
    boolean poll(int current) throws IOException {
        List<Taken> taken = new ArrayList<>();
        if (run != 0) {
            take(taken);
        }
        if (run != current) {
            Files.deleteIfExists(folder.resolve(cutList(run)));
            run = current;
            newest = "";
            mediaMs = 0;
            anchorMs = Long.MAX_VALUE;
            index = 0;
            take(taken);
        }
        if (!taken.isEmpty()) {
            write();
            tell(taken);
        }
        return !taken.isEmpty();
    }

    private void tell(List<Taken> taken) {
        long publishedMs = clock.nowMs();
        for (Taken one : taken) {
            published.accept(
                    new PublishedSegment(
                            rendition,
                            folder.getFileName() + "/" + one.entry.file,
                            one.run,
                            one.index,
                            one.bytes,
                            one.entry.wallMs,
                            one.entry.durationMs,
                            one.mediaEndMs,
                            one.writtenMs,
                            publishedMs));
        }
    }

    private void take(List<Taken> taken) throws IOException {
        for (CutSegment segment : fresh()) {
            long startMs = mediaMs;
            mediaMs += segment.durationMs();
            long writtenMs = writtenMs(segment);
            anchorMs = Math.min(anchorMs, writtenMs - mediaMs);
            boolean first = newest.isEmpty();
            newest = segment.file();
            Entry entry =
                    new Entry(segment.file(), segment.durationMs(), anchorMs + startMs, first);
            long bytes = Files.size(folder.resolve(segment.file()));
            taken.add(new Taken(run, index++, bytes, mediaMs, writtenMs, entry));
            add(entry);
        }
    }

    private List<CutSegment> fresh() throws IOException {
        List<CutSegment> all;
        try {
            all =
                    CutSegment.parse(
                            Files.readString(folder.resolve(cutList(run)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<CutSegment> fresh = new ArrayList<>();
        for (CutSegment segment : all) {
            if (segment.file().compareTo(newest) > 0) {
                fresh.add(segment);
            }
        }
        return fresh;
    }

    private long writtenMs(CutSegment segment) throws IOException {
        return Files.getLastModifiedTime(folder.resolve(segment.file())).toMillis();
    }

    private void add(Entry entry) throws IOException {
        window.addLast(entry);
        if (window.size() > WINDOW_SEGMENTS) {
            Entry gone = window.removeFirst();
            mediaSequence++;
            discontinuitySequence += gone.first && mediaSequence > 1 ? 1 : 0;
            left.addLast(gone.file);
        }
        if (left.size() > KEPT_SEGMENTS) {
            Files.deleteIfExists(folder.resolve(left.removeFirst()));
        }
    }

    private void write() throws IOException {
        long longestMs = DemoCommands.SEGMENT_SECONDS * 1_000L;
        StringBuilder entries = new StringBuilder();
        long sequence = mediaSequence;
        for (Entry entry : window) {
            longestMs = Math.max(longestMs, entry.durationMs);
            if (entry.first && sequence > 0) {
                entries.append("#EXT-X-DISCONTINUITY\n");
            }
            entries.append("#EXT-X-PROGRAM-DATE-TIME:")
                    .append(WALL_TIME.format(Instant.ofEpochMilli(entry.wallMs)))
                    .append("\n#EXTINF:")
                    .append("%.3f".formatted(entry.durationMs / 1e3))
                    .append(",\n")
                    .append(entry.file)
                    .append('\n');
            sequence++;
        }
        String head =
                """
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-TARGETDURATION:%d
                #EXT-X-MEDIA-SEQUENCE:%d
                #EXT-X-DISCONTINUITY-SEQUENCE:%d
                #EXT-X-INDEPENDENT-SEGMENTS
                """
                        .formatted(
                                Math.round(longestMs / 1e3), mediaSequence, discontinuitySequence);
        replace(folder, PLAYLIST, head + entries);
    }

    /// Writes the playlist that names the renditions.
    static void writeMaster(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n");
        text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (Rendition rendition : Rendition.ALL) {
            text.append("#EXT-X-STREAM-INF:BANDWIDTH=")
                    .append(rendition.peakBps())
                    .append(",RESOLUTION=")
                    .append(rendition.width())
                    .append('x')
                    .append(rendition.height())
                    .append(",FRAME-RATE=")
                    .append(DemoCommands.FPS)
                    .append(".000,CODECS=\"avc1.42c01e,mp4a.40.2\"\n")
                    .append(rendition.folder())
                    .append('/')
                    .append(PLAYLIST)
                    .append('\n');
        }
        replace(folder, PLAYLIST, text.toString());
    }

    /// Readers see the old file or the new one, never half of one.
    private static void replace(Path folder, String name, String text) throws IOException {
        Path draft = folder.resolve(name + ".new");
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        Files.move(
                draft,
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
