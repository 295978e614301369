package io.framewatch.video.probe;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Follows the media sequence of one playlist: which segments are new, when the newest came, how
/// fast they come. Not thread safe.
final class SegmentTrack {

    /// How many target durations may pass without a new segment before the playlist is stale.
    static final int STALE_TARGETS = 3;

    /// Most new segments looked at in one round; of more, the newest.
    static final int NEW_SEGMENTS_MAX = 3;

    private static final int REMEMBERED_MAX = 64;

    private final ArrivalSpeed speed = new ArrivalSpeed();
    private final Deque<URI> remembered = new ArrayDeque<>();
    private long nextSequence = -1;
    private long lowerEnd = -1;
    private long newestArrivedAtMs;
    private long newestEndMs;
    private long targetMs = 2_000;
    private boolean ended;

    /// What is new in a playlist.
    ///
    /// @param segments new segments to look at, oldest first
    /// @param jumped whether what came before says nothing about them
    record News(List<Playlist.Segment> segments, boolean jumped) {}

    /// Takes a playlist that was read at `nowMs`.
    News take(Playlist.Media playlist, long nowMs) {
        targetMs = playlist.targetMs();
        ended = playlist.ended();
        List<Playlist.Segment> segments = playlist.segments();
        if (segments.isEmpty()) {
            return new News(List.of(), false);
        }
        long end = playlist.sequence() + segments.size();
        boolean first = nextSequence < 0;
        boolean restarted = !first && end < nextSequence && isRestart(segments.getLast(), end);
        boolean skipped = !first && playlist.sequence() > nextSequence;
        if (!first && !restarted && end <= nextSequence) {
            return new News(List.of(), false);
        }
        long fresh = first || restarted ? 1 : Math.min(end - nextSequence, segments.size());
        List<Playlist.Segment> news =
                segments.subList(segments.size() - (int) fresh, segments.size());
        if (restarted) {
            speed.reset();
        }
        note(news, nowMs, first);
        nextSequence = end;
        lowerEnd = -1;
        boolean cut = news.size() > NEW_SEGMENTS_MAX;
        List<Playlist.Segment> looked =
                cut ? news.subList(news.size() - NEW_SEGMENTS_MAX, news.size()) : news;
        return new News(List.copyOf(looked), restarted || skipped || cut);
    }

    /// A sequence that lies behind is an encoder that was started again, or a cache that serves an
    /// old playlist. It is a restart if its newest segment is a later one, or unknown, or if this
    /// lower sequence moves on.
    private boolean isRestart(Playlist.Segment newest, long end) {
        boolean moves = lowerEnd >= 0 && end > lowerEnd;
        lowerEnd = end;
        boolean later = newest.dateMs() > 0 && newest.dateMs() + newest.durationMs() > newestEndMs;
        return moves || later || !remembered.contains(newest.uri());
    }

    /// Of a first look it is not known when the newest segment came: it counts as just arrived,
    /// unless its own date says that it is stale.
    private void note(List<Playlist.Segment> news, long nowMs, boolean first) {
        Playlist.Segment newest = news.getLast();
        newestEndMs = newest.dateMs() == 0 ? 0 : newest.dateMs() + newest.durationMs();
        boolean old = first && newestEndMs > 0 && nowMs - newestEndMs > STALE_TARGETS * targetMs;
        newestArrivedAtMs = old ? 0 : nowMs;
        for (Playlist.Segment segment : news) {
            speed.arrived(nowMs, segment.durationMs());
            remembered.addLast(segment.uri());
            if (remembered.size() > REMEMBERED_MAX) {
                remembered.removeFirst();
            }
        }
    }

    /// When media arrived that was new, Unix milliseconds; 0 if it never did.
    long newestArrivedAtMs() {
        return newestArrivedAtMs;
    }

    /// Whether nothing new has come for too long.
    boolean isStale(long nowMs) {
        return nowMs - newestArrivedAtMs > STALE_TARGETS * targetMs;
    }

    /// Whether the playlist says that nothing more will come.
    boolean isEnded() {
        return ended;
    }

    /// Whether any playlist was taken.
    boolean isKnown() {
        return nextSequence >= 0;
    }

    /// Seconds since the newest segment arrived; NaN if unknown.
    double segmentAgeSeconds(long nowMs) {
        return newestArrivedAtMs == 0 ? Double.NaN : (nowMs - newestArrivedAtMs) / 1000.0;
    }

    /// Now minus the wall time of the newest segment's end, in seconds; NaN if it carries none.
    double liveEdgeLagSeconds(long nowMs) {
        return newestEndMs == 0 ? Double.NaN : (nowMs - newestEndMs) / 1000.0;
    }

    /// Now minus the wall time of a segment's end, in seconds; NaN if it carries none.
    static double lagSeconds(Playlist.Segment segment, long nowMs) {
        return segment.dateMs() == 0
                ? Double.NaN
                : (nowMs - segment.dateMs() - segment.durationMs()) / 1000.0;
    }

    /// Whether a segment with this distance to the live edge leaves a player without media that
    /// began, as RFC 8216 section 6.3.3 says, three target durations from the end.
    boolean isLate(double lagSeconds) {
        return lagSeconds > STALE_TARGETS * targetMs / 1000.0;
    }

    /// Media seconds per second; NaN while unknown.
    double speed(long nowMs) {
        return speed.at(nowMs);
    }
}
