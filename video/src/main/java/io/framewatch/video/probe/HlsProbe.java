package io.framewatch.video.probe;

import io.framewatch.model.Clock;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.segment.SpanClock;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.segment.Verdict;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamReading;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches one HLS stream: playlist, new segments, their keyframes.
final class HlsProbe implements StreamProbe {

    /// Longest name of a segment told, characters.
    private static final int NAME_CHARS_MAX = 120;

    private final VideoStream stream;
    private final ProbeSettings settings;
    private final Fetcher fetcher;
    private final SegmentDecoder decoder;
    private final Pictures pictures;
    private final Clock clock;
    private final Consumer<SegmentLook> looks;
    private final PictureWatch watch = new PictureWatch();
    private SegmentTrack track = new SegmentTrack();
    private int urlIndex;
    private @Nullable URI mediaUri;
    private @Nullable URI mapUri;
    private byte[] map = new byte[0];
    private boolean sound;
    private double fps = Double.NaN;
    private double bitrateBps = Double.NaN;
    private double ttfbSeconds = Double.NaN;
    private String lastTraceId = "";

    HlsProbe(
            VideoStream stream,
            ProbeSettings settings,
            Fetcher fetcher,
            SegmentDecoder decoder,
            Pictures pictures,
            Consumer<SegmentLook> looks,
            Clock clock) {
        this.stream = stream;
        this.settings = settings;
        this.fetcher = fetcher;
        this.decoder = decoder;
        this.pictures = pictures;
        this.looks = looks;
        this.clock = clock;
    }

    @Override
    public StreamReading look() throws InterruptedException {
        long startNs = clock.nanoTime();
        Fetched.@Nullable Failure failure = round();
        long nowMs = clock.nowMs();
        double probeSeconds = (clock.nanoTime() - startNs) / 1e9;
        return StreamReading.of(
                        stream.id(),
                        nowMs,
                        arrival(failure, nowMs),
                        failure == null ? "" : failure.detail(),
                        track.newestArrivedAtMs())
                .with(watch.picture())
                .with(
                        new StreamReading.Flow(
                                fps,
                                bitrateBps,
                                track.segmentAgeSeconds(nowMs),
                                track.liveEdgeLagSeconds(nowMs),
                                track.speed(nowMs),
                                ttfbSeconds,
                                probeSeconds));
    }

    private Arrival arrival(Fetched.@Nullable Failure failure, long nowMs) {
        if (failure != null) {
            return failure.arrival();
        }
        if (!track.isKnown()) {
            return Arrival.NONE_YET;
        }
        if (!track.isStale(nowMs)) {
            return Arrival.FLOWING;
        }
        return track.isEnded() ? Arrival.ENDED : Arrival.STALE;
    }

    private Fetched.@Nullable Failure round() throws InterruptedException {
        URI uri = mediaUri == null ? URI.create(stream.urls().get(urlIndex)) : mediaUri;
        Playlist playlist;
        switch (fetcher.get(uri, null, settings.playlistBytesMax())) {
            case Fetched.Failure failure -> {
                nextUrl();
                return failure;
            }
            case Fetched.Body body -> playlist = Playlist.read(uri, body.bytes());
        }
        return switch (playlist) {
            case Playlist.Unreadable unreadable -> {
                nextUrl();
                yield new Fetched.Failure(Arrival.BAD_DATA, unreadable.why());
            }
            case Playlist.Master master when mediaUri == null -> {
                mediaUri = choose(master.renditions()).uri();
                yield round();
            }
            case Playlist.Master _ -> {
                nextUrl();
                yield new Fetched.Failure(Arrival.BAD_DATA, "a rendition is a master playlist");
            }
            case Playlist.Media media -> {
                mediaUri = uri;
                yield segments(media);
            }
        };
    }

    /// After a failure the next look begins at the top, with the next address if there are several.
    private void nextUrl() {
        mediaUri = null;
        int next = (urlIndex + 1) % stream.urls().size();
        if (next != urlIndex) {
            urlIndex = next;
            track = new SegmentTrack();
            watch.forget();
        }
    }

    /// The rendition nearest to what is expected; the smallest if nothing is, to spare the network.
    private Playlist.Rendition choose(List<Playlist.Rendition> renditions) {
        Comparator<Playlist.Rendition> bandwidth =
                Comparator.comparingLong(Playlist.Rendition::bandwidthBps);
        if (stream.height() > 0) {
            bandwidth =
                    Comparator.<Playlist.Rendition>comparingInt(
                                    r -> Math.abs(r.height() - stream.height()))
                            .thenComparing(bandwidth);
        } else if (stream.bitrateBps() > 0) {
            bandwidth =
                    Comparator.comparingLong(r -> Math.abs(r.bandwidthBps() - stream.bitrateBps()));
        }
        return renditions.stream().min(bandwidth).orElseThrow();
    }

    private Fetched.@Nullable Failure segments(Playlist.Media media) throws InterruptedException {
        SegmentTrack.News news = track.take(media, clock.nowMs());
        if (news.jumped()) {
            watch.forget();
        }
        boolean first = pictures.newest(stream.id()) == null;
        Fetched.@Nullable Failure failure = null;
        for (Playlist.Segment segment : news.segments()) {
            boolean stale = track.newestArrivedAtMs() == 0;
            if (!stale || first) {
                failure = segment(segment);
            }
        }
        return failure;
    }

    private Fetched.@Nullable Failure segment(Playlist.Segment segment)
            throws InterruptedException {
        SpanClock spans = new SpanClock(clock);
        long startNs = spans.nowNs();
        Fetched got = fetcher.get(segment.uri(), segment.range(), settings.segmentBytesMax());
        long fetchedNs = spans.nowNs();
        switch (got) {
            case Fetched.Failure failure -> {
                boolean missing = failure.arrival() == Arrival.NOT_FOUND;
                Verdict verdict = missing ? Verdict.MISSING : Verdict.FAILED;
                tell(segment, startNs, fetchedNs, null, 0, 0, verdict, failure.detail());
                return missing ? null : failure;
            }
            case Fetched.Body body -> {
                ttfbSeconds = body.ttfbMs() / 1000.0;
                if (segment.durationMs() > 0) {
                    bitrateBps = body.bytes().length * 8000.0 / segment.durationMs();
                }
                if (segment.discontinuity()) {
                    watch.forget();
                }
                if (segment.encrypted()) {
                    tell(segment, startNs, fetchedNs, body, 0, 0, Verdict.UNSEEN, "");
                    return null;
                }
                byte[] media = whole(segment, body.bytes());
                long decodeNs = spans.nowNs();
                Verdict seen = decode(segment, media);
                tell(segment, startNs, fetchedNs, body, decodeNs, spans.nowNs(), seen, "");
                return null;
            }
        }
    }

    private void tell(
            Playlist.Segment segment,
            long startNs,
            long fetchedNs,
            Fetched.@Nullable Body body,
            long decodeNs,
            long judgedNs,
            Verdict verdict,
            String detail) {
        double lagSeconds = SegmentTrack.lagSeconds(segment, clock.nowMs());
        boolean late = verdict == Verdict.FINE && track.isLate(lagSeconds);
        looks.accept(
                new SegmentLook(
                        stream.id(),
                        name(segment.uri()),
                        segment.dateMs(),
                        segment.durationMs(),
                        startNs,
                        fetchedNs,
                        body == null ? -1 : body.ttfbMs(),
                        body == null ? 0 : body.bytes().length,
                        decodeNs,
                        judgedNs,
                        watch.picture().luma(),
                        lagSeconds,
                        late ? Verdict.LATE : verdict,
                        detail,
                        body == null ? null : context(body)));
    }

    /// A trace of its own is what a segment has; an id that came with the segment before, too, is
    /// that of something else, and would grow without end.
    private @Nullable TraceContext context(Fetched.Body body) {
        TraceContext said = body.context();
        String traceId = said == null ? "" : said.traceId();
        boolean again = traceId.equals(lastTraceId);
        lastTraceId = traceId;
        return again ? null : said;
    }

    private static String name(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.length() <= NAME_CHARS_MAX ? last : last.substring(0, NAME_CHARS_MAX);
    }

    /// The segment with its initialization before it, which is fetched once.
    private byte[] whole(Playlist.Segment segment, byte[] bytes) throws InterruptedException {
        URI wanted = segment.map();
        if (wanted == null) {
            return bytes;
        }
        if (!wanted.equals(mapUri)
                && fetcher.get(wanted, null, settings.segmentBytesMax())
                        instanceof Fetched.Body got) {
            map = got.bytes();
            mapUri = wanted;
        }
        byte[] whole = Arrays.copyOf(map, map.length + bytes.length);
        System.arraycopy(bytes, 0, whole, map.length, bytes.length);
        return whole;
    }

    private Verdict decode(Playlist.Segment segment, byte[] media) throws InterruptedException {
        long toMs = clock.nowMs();
        long fromMs = toMs - segment.durationMs();
        Decoded decoded = decoder.keyframes(media, sound);
        if (sound) {
            watch.hear(decoded.silent(), fromMs);
        }
        sound = decoded.audio();
        if (decoded.videoPackets() > 0 && segment.durationMs() > 0) {
            fps = decoded.videoPackets() * 1000.0 / segment.durationMs();
        }
        watch.see(decoded.keyframes(), fromMs, toMs, () -> between(media));
        pictures.put(stream.id(), decoded.jpeg(), clock.nowMs());
        return decoded.keyframes().isEmpty() ? Verdict.UNREADABLE : shown();
    }

    private Verdict shown() {
        StreamReading.Picture picture = watch.picture();
        if (picture.blackSinceMs() > 0) {
            return Verdict.BLACK;
        }
        boolean frozen = picture.frozenSinceMs() > 0 && stream.freezeSeconds() > 0;
        return frozen ? Verdict.FROZEN : Verdict.FINE;
    }

    private List<GrayFrame> between(byte[] media) {
        try {
            return decoder.between(media);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        pictures.remove(stream.id());
    }
}
