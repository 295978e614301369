package io.framewatch.store;

import io.framewatch.model.TimeRange;

/// Windows of equal length, one every so often, as a function over ranges looks at them. Where they
/// are shorter than what they are apart, there is time between them that nobody looks at.
///
/// @param range from the start of the first window to the end of the last, ends included
/// @param stepMs from the end of one window to the end of the next, milliseconds, positive
/// @param windowMs how long each is, milliseconds, positive
public record TimeWindows(TimeRange range, long stepMs, long windowMs) {

    /// Refuses windows that are none.
    public TimeWindows {
        if (stepMs <= 0 || windowMs <= 0) {
            throw new IllegalArgumentException("no windows: " + stepMs + " " + windowMs);
        }
    }

    /// One window that is the whole of `range`.
    public static TimeWindows whole(TimeRange range) {
        return new TimeWindows(range, 1, 1);
    }

    /// Whether there is time between the windows.
    public boolean haveGaps() {
        return windowMs < stepMs;
    }

    /// Whether a window holds `timestampMs`.
    public boolean contain(long timestampMs) {
        return range.contains(timestampMs)
                && (!haveGaps() || (range.toMs() - timestampMs) % stepMs < windowMs);
    }
}
