package io.framewatch.video.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The newest segments of each stream. Streams are those of an inventory, so their number is
/// bounded by it. Thread safe.
public final class RecentSegments {

    /// Most segments kept of a stream.
    public static final int SEGMENTS_MAX = 20;

    private final Map<String, Deque<Seen>> byStream = new ConcurrentHashMap<>();

    /// A look at a segment.
    ///
    /// @param look what was seen
    /// @param traceId the trace in which it can be found; null if there is none
    public record Seen(SegmentLook look, @Nullable String traceId) {}

    /// Nothing seen yet.
    public RecentSegments() {}

    /// Keeps one more.
    public void add(SegmentLook look, @Nullable String traceId) {
        Deque<Seen> seen = byStream.computeIfAbsent(look.streamId(), _ -> new ArrayDeque<>());
        synchronized (seen) {
            seen.addLast(new Seen(look, traceId));
            if (seen.size() > SEGMENTS_MAX) {
                seen.removeFirst();
            }
        }
    }

    /// The segments of a stream, oldest first, a copy.
    public List<Seen> of(String streamId) {
        Deque<Seen> seen = byStream.get(streamId);
        if (seen == null) {
            return List.of();
        }
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }
}
