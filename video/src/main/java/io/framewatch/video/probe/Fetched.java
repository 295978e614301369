package io.framewatch.video.probe;

import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.state.Arrival;
import org.jspecify.annotations.Nullable;

/// What came of a request.
sealed interface Fetched {

    /// The answer.
    ///
    /// @param bytes the body
    /// @param ttfbMs time from the request to the answer's head, milliseconds
    /// @param totalMs time to the last byte, milliseconds
    /// @param context the trace that the server says it belongs to; null if it says nothing
    record Body(byte[] bytes, long ttfbMs, long totalMs, @Nullable TraceContext context)
            implements Fetched {}

    /// No usable answer.
    ///
    /// @param arrival what kind of failure
    /// @param detail its exact words, such as `HTTP 503`; without secrets
    record Failure(Arrival arrival, String detail) implements Fetched {}
}
