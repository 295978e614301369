package io.framewatch.video.state;

/// A stream went from one state to another.
///
/// @param streamId which stream
/// @param from the state before
/// @param to the state now
/// @param atMs when it was decided, Unix milliseconds
/// @param sinceMs since when it has been so, at or before `atMs`
/// @param reason why
public record StateChange(
        String streamId,
        StreamState from,
        StreamState to,
        long atMs,
        long sinceMs,
        Reason reason) {}
