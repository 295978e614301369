package io.framewatch.video.cause;

import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamStatus;
import java.time.Instant;
import java.util.Locale;

/// The messages behind the sentences of causes: the same facts as codes and values.
final class Messages {

    private Messages() {}

    /// A stage is to blame: `stage.stopped`, `.down`, `.stalled`, `.slow`, `.up` (restarted).
    static Message stage(StageStatus stage, StreamStatus status) {
        return Message.of(
                code(stage),
                "stage",
                stage.report().kind().word(),
                "stream",
                status.streamId(),
                "since",
                instant(stage.sinceMs()),
                "how",
                stage.report().lastEnd(),
                "speed",
                number("%.2f", stage.speed()),
                "state",
                status.state().name(),
                "reason",
                status.reason().name());
    }

    /// The same on a node of the chain.
    static Message stageNode(StageStatus stage) {
        return Message.of(
                code(stage),
                "stage",
                stage.report().kind().word(),
                "how",
                stage.report().lastEnd(),
                "speed",
                number("%.2f", stage.speed()));
    }

    private static String code(StageStatus stage) {
        return "stage." + stage.state().name().toLowerCase(Locale.ROOT);
    }

    /// The camera or whatever sends is to blame: `source.` and the reason.
    static Message source(StreamStatus status, VideoStream stream, String kind) {
        return Message.of(
                "source." + status.reason().name().toLowerCase(Locale.ROOT),
                "kind",
                kind,
                "stream",
                stream.id(),
                "state",
                status.state().name(),
                "speed",
                number("%.2f", status.reading().flow().speed()),
                "fps",
                number("%.1f", status.reading().flow().fps()),
                "expectedFps",
                number("%.1f", stream.fps() > 0 ? stream.fps() : Double.NaN),
                "kbps",
                number("%.0f", status.reading().flow().bitrateBps() / 1000),
                "expectedKbps",
                stream.bitrateBps() > 0 ? number("%.0f", stream.bitrateBps() / 1000.0) : "",
                "arrival",
                status.reading().arrival().name(),
                "detail",
                status.reading().detail(),
                "lastSeen",
                status.lastSeenMs() > 0 ? instant(status.lastSeenMs()) : "");
    }

    /// All pictures of a site were lost together.
    static Message siteLost(String site, int pictures, StreamStatus status) {
        return Message.of(
                "site.lost",
                "site",
                site,
                "n",
                Integer.toString(pictures),
                "seconds",
                Long.toString(CauseFinder.TOGETHER_MS / 1000),
                "arrival",
                status.reading().arrival().name());
    }

    /// The stream at the end of a chain.
    static Message stream(StreamStatus status, boolean arrives) {
        double fps = status.reading().flow().fps();
        return Message.of(
                "stream.is",
                "stream",
                status.streamId(),
                "state",
                status.state().name(),
                "reason",
                status.reason().name(),
                "fps",
                arrives ? number("%.0f", fps) : "");
    }

    static String instant(long atMs) {
        return Instant.ofEpochMilli(atMs).toString();
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }
}
