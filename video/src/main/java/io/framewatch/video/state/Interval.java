package io.framewatch.video.state;

/// A stretch of one state.
///
/// @param state the state
/// @param fromMs its start, inclusive, Unix milliseconds
/// @param toMs its end, exclusive; of the newest stretch, the time of asking
public record Interval(StreamState state, long fromMs, long toMs) {}
