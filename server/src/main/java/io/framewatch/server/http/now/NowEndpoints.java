package io.framewatch.server.http.now;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.SlowReceivers;
import io.framewatch.video.now.Now;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// `GET /api/now`, `GET /api/now/events` and `GET /api/streams/{id}/thumbnail.jpg`. Thread safe.
public final class NowEndpoints implements Endpoints, AutoCloseable {

    /// A silent connection says that it lives this often, milliseconds.
    private static final long KEEP_ALIVE_MS = 15_000;

    /// A viewer that takes nothing for so long is cut off, milliseconds.
    private static final long STANDSTILL_MS_MAX = 30_000;

    private static final byte[] EVENT = "event: now\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALIVE = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final NowFeed feed;
    private final Thumbnails thumbnails;
    private final Semaphore places;
    private final SlowReceivers slow;
    private final int viewersMax;

    /// @param viewersMax most pages that follow live at once
    public NowEndpoints(Supplier<Now> source, Thumbnails thumbnails, int viewersMax, Clock clock) {
        this.feed = new NowFeed(source, clock);
        this.thumbnails = thumbnails;
        this.slow = new SlowReceivers(STANDSTILL_MS_MAX, clock);
        this.viewersMax = viewersMax;
        this.places = new Semaphore(viewersMax);
    }

    /// How many pages follow live.
    public int viewers() {
        return viewersMax - places.availablePermits();
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/now", this::now);
        rules.get("/api/now/events", this::events);
        rules.get("/api/streams/{id}/thumbnail.jpg", this::thumbnail);
    }

    private void now(ServerRequest req, ServerResponse res) {
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(req, res, feed.latest().body());
    }

    private void thumbnail(ServerRequest req, ServerResponse res) {
        Thumbnails.Picture picture = thumbnails.of(req.path().pathParameters().get("id"));
        if (picture == null) {
            throw new FaultException(
                    Fault.caller(
                            "not_found",
                            "There is no picture of this stream yet.",
                            "Ask again when the stream has been seen."));
        }
        res.header(HeaderNames.CONTENT_TYPE, "image/jpeg");
        res.header(HeaderNames.CACHE_CONTROL, "private, max-age=3600");
        res.send(picture.jpeg());
    }

    private void events(ServerRequest req, ServerResponse res) {
        if (!places.tryAcquire()) {
            throw new FaultException(
                    Fault.later(
                            "too_many_viewers",
                            "As many pages follow live as the server allows.",
                            "Ask for /api/now now and then instead."));
        }
        feed.join();
        try {
            res.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            res.header(HeaderNames.CACHE_CONTROL, "no-store");
            follow(res);
        } finally {
            feed.leave();
            places.release();
        }
    }

    private void follow(ServerResponse res) {
        try (OutputStream out = slow.guarded(res.outputStream())) {
            long seen = 0;
            while (!feed.closed()) {
                NowFeed.Version version = feed.awaitOther(seen, KEEP_ALIVE_MS);
                if (version == null) {
                    out.write(ALIVE);
                } else {
                    seen = version.number();
                    out.write(EVENT);
                    out.write(version.body());
                    out.write(END);
                }
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        slow.close();
        feed.close();
    }
}
