package io.framewatch.video.probe;

import io.framewatch.model.Clock;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamReading;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches one RTSP or RTMP stream with one ffmpeg that stays connected and decodes keyframes only.
/// When it ends or goes silent it is started again, after a pause.
final class LiveProbe implements StreamProbe {

    /// Without a packet for this long the stream is stale, milliseconds.
    static final long STALE_MS = 5_000;

    /// Without a packet for this long the connection is given up, milliseconds.
    static final long GIVE_UP_MS = 12_000;

    /// Pause between two connections, milliseconds.
    static final long PAUSE_MS = 2_000;

    private final VideoStream stream;
    private final ProbeSettings settings;
    private final Children children;
    private final Pictures pictures;
    private final Clock clock;
    private final PictureWatch watch = new PictureWatch();
    private @Nullable LiveDecoder decoder;
    private int urlIndex;
    private long connectedAtMs;
    private long triedAtMs;
    private long newestMediaAtMs;
    private Arrival failed = Arrival.NONE_YET;
    private String detail = "";
    private boolean closed;

    LiveProbe(
            VideoStream stream,
            ProbeSettings settings,
            Children children,
            Pictures pictures,
            Clock clock) {
        this.children = children;
        this.stream = stream;
        this.settings = settings;
        this.pictures = pictures;
        this.clock = clock;
    }

    @Override
    public synchronized StreamReading look() {
        long nowMs = clock.nowMs();
        LiveDecoder running = decoder;
        if (running == null) {
            if (!closed && nowMs - triedAtMs >= PAUSE_MS) {
                connect(nowMs);
            }
            return StreamReading.of(stream.id(), nowMs, failed, detail, newestMediaAtMs)
                    .with(watch.picture());
        }
        take(running);
        long newest = Math.max(newestMediaAtMs, running.newestPacketAtMs());
        boolean media = newest > newestMediaAtMs || newestMediaAtMs >= connectedAtMs;
        newestMediaAtMs = newest;
        long silentMs = nowMs - Math.max(newest, connectedAtMs);
        if (running.hasEnded() || silentMs > GIVE_UP_MS) {
            giveUp(running, nowMs);
        } else if (media) {
            failed = silentMs > STALE_MS ? Arrival.STALE : Arrival.FLOWING;
            detail = "";
        }
        return StreamReading.of(stream.id(), nowMs, failed, detail, newestMediaAtMs)
                .with(watch.picture())
                .with(running.flow(nowMs));
    }

    private void connect(long nowMs) {
        triedAtMs = nowMs;
        connectedAtMs = nowMs;
        Path jpeg = settings.workFolder().resolve("live-" + fileName() + ".jpg");
        LiveDecoder started =
                new LiveDecoder(
                        children, settings.ffmpeg(), stream.urls().get(urlIndex), jpeg, clock);
        if (started.start()) {
            decoder = started;
        } else {
            failed = Arrival.ERROR;
            detail = "ffmpeg could not be started";
        }
    }

    private String fileName() {
        return stream.id().replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private void take(LiveDecoder running) {
        for (LiveDecoder.Shown shown : running.takeFrames()) {
            watch.see(List.of(shown.frame()), shown.atMs(), shown.atMs(), List::of);
            pictures.put(stream.id(), running.jpeg(), shown.atMs());
        }
    }

    private void giveUp(LiveDecoder running, long nowMs) {
        boolean ended = running.hasEnded();
        running.close();
        decoder = null;
        triedAtMs = nowMs;
        watch.forget();
        urlIndex = (urlIndex + 1) % stream.urls().size();
        failed = ended ? running.failure() : Arrival.TIMEOUT;
        detail = ended ? running.lastLine() : "no packet within " + GIVE_UP_MS / 1000 + " s";
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (decoder != null) {
            decoder.close();
        }
        pictures.remove(stream.id());
    }
}
