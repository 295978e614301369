package io.framewatch.video.now;

import io.framewatch.model.LogEntry;
import io.framewatch.video.cause.Cause;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.probe.Pictures;
import io.framewatch.video.segment.RecentSegments;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.state.StreamReading;
import io.framewatch.video.state.StreamStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns the status of a stream into what the page shows of it.
final class StreamViews {

    /// Most stretches of history shown of one stream, the newest ones.
    static final int STRETCHES_MAX = 100;

    private final Inventory inventory;
    private final NowSources sources;

    StreamViews(Inventory inventory, NowSources sources) {
        this.inventory = inventory;
        this.sources = sources;
    }

    Now.StreamView view(StreamStatus status, @Nullable Cause cause, long nowMs) {
        Inventory.Place place = Objects.requireNonNull(inventory.place(status.streamId()));
        return new Now.StreamView(
                status.streamId(),
                place.stream().name(),
                place.site().id(),
                place.camera().id(),
                status.state().name(),
                status.state().group().word(),
                status.reason().name(),
                Instant.ofEpochMilli(status.sinceMs()),
                cause == null ? null : cause.sentence(),
                cause == null ? null : cause.message(),
                cause == null ? Cause.Turn.NOBODY.word() : cause.turn().word(),
                status.lastSeenMs() == 0 ? null : Instant.ofEpochMilli(status.lastSeenMs()),
                cause == null ? List.of() : cause.chain().stream().map(StreamViews::node).toList(),
                thumbnail(status.streamId(), nowMs),
                sources.playlist().apply(status.streamId()),
                measures(status.reading().flow(), place.stream().fps()),
                history(status),
                segments(status.streamId()));
    }

    private static Now.ChainNode node(Cause.Node node) {
        return new Now.ChainNode(
                node.kind(),
                node.id(),
                node.name(),
                node.state(),
                node.text(),
                node.message(),
                node.root());
    }

    private Now.@Nullable Thumbnail thumbnail(String streamId, long nowMs) {
        Pictures.Thumbnail newest = sources.pictures().newest(streamId);
        return newest == null
                ? null
                : new Now.Thumbnail(
                        "/api/streams/" + streamId + "/thumbnail.jpg?v=" + newest.version(),
                        Instant.ofEpochMilli(newest.takenAtMs()),
                        Math.max(0, nowMs - newest.takenAtMs()) / 1000.0);
    }

    /// Freshness is the age of the newest picture since capture, known only if the media carries
    /// wall time.
    private static Now.Measures measures(StreamReading.Flow flow, double expectedFps) {
        return new Now.Measures(
                known(flow.fps()),
                expectedFps > 0 ? Double.valueOf(expectedFps) : null,
                known(flow.bitrateBps()),
                known(flow.segmentAgeSeconds()),
                known(flow.liveEdgeLagSeconds()),
                known(flow.speed()),
                known(flow.liveEdgeLagSeconds()));
    }

    /// A number rounded to three places, or null if it is unknown.
    static @Nullable Double known(double value) {
        return Double.isFinite(value) ? Double.valueOf(Math.round(value * 1000) / 1000.0) : null;
    }

    private List<Now.SegmentView> segments(String streamId) {
        return sources.segments().of(streamId).stream().map(StreamViews::segment).toList();
    }

    private static Now.SegmentView segment(RecentSegments.Seen seen) {
        SegmentLook look = seen.look();
        return new Now.SegmentView(
                look.name(),
                look.capturedMs() == 0 ? null : Instant.ofEpochMilli(look.capturedMs()),
                look.durationMs() / 1000.0,
                Instant.ofEpochMilli(look.endNs() / LogEntry.NS_PER_MS),
                look.verdict().word(),
                look.detail().isEmpty() ? null : look.detail(),
                known(look.lagSeconds()),
                seen.traceId());
    }

    private static List<Now.Stretch> history(StreamStatus status) {
        int size = status.history().size();
        return status.history().subList(Math.max(0, size - STRETCHES_MAX), size).stream()
                .map(interval ->
                        new Now.Stretch(
                                interval.state().name(),
                                interval.state().group().word(),
                                Instant.ofEpochMilli(interval.fromMs()),
                                Instant.ofEpochMilli(interval.toMs())))
                .toList();
    }
}
