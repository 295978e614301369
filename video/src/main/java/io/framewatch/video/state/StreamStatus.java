package io.framewatch.video.state;

import java.util.List;

/// Where a stream stands.
///
/// @param streamId which stream
/// @param state its state
/// @param sinceMs since when, Unix milliseconds
/// @param reason why, as far as the stream alone tells
/// @param lastSeenMs when new media last arrived, Unix milliseconds; 0 if never
/// @param reading the newest reading
/// @param history stretches of the past, oldest first, the present one last
public record StreamStatus(
        String streamId,
        StreamState state,
        long sinceMs,
        Reason reason,
        long lastSeenMs,
        StreamReading reading,
        List<Interval> history) {

    /// Keeps its own copy of the list.
    public StreamStatus {
        history = List.copyOf(history);
    }
}
