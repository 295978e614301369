package io.framewatch.server.http.now;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.telemetry.Counters;
import io.framewatch.server.telemetry.Durations;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.SpanClock;
import io.framewatch.video.segment.TraceContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Delivers HLS from folders: `GET /live/{stream}/...`. Names are checked against a narrow pattern
/// and the file found must lie inside the stream's folder, links followed. Playlists are never
/// cached. Each delivery is measured; one of a segment that has a trace is a span of it, and the
/// answer says so in `Server-Timing`. Thread safe.
public final class LiveFiles implements Endpoints {

    /// Largest file delivered, bytes: a segment of 10 s at 40 Mb/s.
    private static final long FILE_BYTES_MAX = 64L << 20;

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,3}");

    private static final Map<String, String> TYPES =
            Map.of(
                    "m3u8", "application/vnd.apple.mpegurl",
                    "ts", "video/mp2t",
                    "m4s", "video/iso.segment",
                    "mp4", "video/mp4",
                    "aac", "audio/aac",
                    "vtt", "text/vtt");

    private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");
    private static final int AGENT_CHARS_MAX = 200;

    private final Function<String, @Nullable Path> folders;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Counters requests;
    private final Counters bytes;
    private final Durations durations;

    /// @param folders the folder of a stream, or null if it has none
    /// @param deliveries knows the traces of segments
    public LiveFiles(
            Function<String, @Nullable Path> folders,
            Deliveries deliveries,
            Meters meters,
            Clock clock) {
        this.folders = folders;
        this.deliveries = deliveries;
        this.clock = clock;
        this.requests =
                meters.counter(
                        "framewatch_delivery_requests_total",
                        "HLS files asked for, by stream, kind and status.",
                        "stream",
                        "kind",
                        "code");
        this.bytes =
                meters.counter(
                        "framewatch_delivery_bytes_total",
                        "Bytes of HLS files delivered, by stream.",
                        "stream");
        this.durations =
                meters.histogram(
                        "framewatch_delivery_duration_seconds",
                        "Time to deliver an HLS file, by kind.",
                        "kind");
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/live/{stream}/{+file}", this::deliver);
    }

    private void deliver(ServerRequest req, ServerResponse res) {
        SpanClock spans = new SpanClock(clock);
        long startNs = spans.nowNs();
        String stream = req.path().pathParameters().get("stream");
        Path folder = folders.apply(stream);
        if (folder == null) {
            throw notFound();
        }
        String name = req.path().pathParameters().get("file");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String kind = ending.equals("m3u8") ? "playlist" : "segment";
        byte[] content = TYPES.containsKey(ending) ? read(folder, name) : null;
        if (content == null) {
            requests.increment(stream, kind, "404");
            throw notFound();
        }
        res.header(HeaderNames.CONTENT_TYPE, TYPES.getOrDefault(ending, ""));
        res.header(HeaderNames.CACHE_CONTROL, kind.equals("playlist") ? "no-cache" : "max-age=30");
        TraceContext context = deliveries.context(stream, name);
        if (context != null) {
            res.header(SERVER_TIMING, context.serverTiming());
        }
        res.send(content);
        long endNs = spans.nowNs();
        requests.increment(stream, kind, "200");
        bytes.add(content.length, stream);
        durations.observeNs(endNs - startNs, kind);
        if (context != null) {
            deliveries.delivered(
                    new Deliveries.Delivery(
                            stream, name, startNs, endNs, content.length, agent(req)));
        }
    }

    private static String agent(ServerRequest req) {
        String agent = req.headers().first(HeaderNames.USER_AGENT).orElse("");
        return agent.length() <= AGENT_CHARS_MAX ? agent : agent.substring(0, AGENT_CHARS_MAX);
    }

    /// The file's bytes, or null if there is no such file inside the folder.
    static byte @Nullable [] read(Path folder, String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)
                    || !Files.isRegularFile(file)
                    || Files.size(file) > FILE_BYTES_MAX) {
                return null;
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FaultException notFound() {
        return new FaultException(
                Fault.caller(
                        "not_found",
                        "There is no such picture now.",
                        "Start from the stream's playlist."));
    }
}
