package io.framewatch.video.segment;

import org.jspecify.annotations.Nullable;

/// What a probe saw of one segment. Times are Unix nanoseconds unless named otherwise.
///
/// @param streamId which stream
/// @param name the last part of its address, without query: what people find it by
/// @param capturedMs wall time of its first picture as the playlist says, Unix milliseconds; 0 if
///   not said
/// @param durationMs how long it plays, milliseconds
/// @param fetchStartNs when it was asked for
/// @param fetchEndNs when its last byte had come, or the failure was known
/// @param ttfbMs time to the answer's head, milliseconds; -1 without an answer
/// @param bytes bytes of the answer; 0 without one
/// @param decodeStartNs when decoding began; 0 if nothing was decoded
/// @param decodeEndNs when what was decoded had been judged
/// @param luma mean brightness, 0 black to 255 white; NaN if unknown
/// @param lagSeconds now minus the wall time of its end, when it had been looked at; NaN if unknown
/// @param verdict what came of it
/// @param detail the exact words of a failure, without secrets; may be empty
/// @param context the trace it belongs to and the span that published it; null if its server does
///   not say
public record SegmentLook(
        String streamId,
        String name,
        long capturedMs,
        long durationMs,
        long fetchStartNs,
        long fetchEndNs,
        long ttfbMs,
        long bytes,
        long decodeStartNs,
        long decodeEndNs,
        double luma,
        double lagSeconds,
        Verdict verdict,
        String detail,
        @Nullable TraceContext context) {

    /// When the look was over, Unix nanoseconds.
    public long endNs() {
        return Math.max(fetchEndNs, decodeEndNs);
    }

    /// The same within a trace.
    public SegmentLook within(TraceContext trace) {
        return new SegmentLook(
                streamId,
                name,
                capturedMs,
                durationMs,
                fetchStartNs,
                fetchEndNs,
                ttfbMs,
                bytes,
                decodeStartNs,
                decodeEndNs,
                luma,
                lagSeconds,
                verdict,
                detail,
                trace);
    }
}
