/// One segment of media as one trace, and what was seen of it.
///
/// Whoever makes or serves a segment hands its [io.framewatch.video.segment.TraceContext] on, in
/// W3C form; the probe finds it in the answer's `Server-Timing` header. What a probe saw of a
/// segment is a [io.framewatch.video.segment.SegmentLook] with a
/// [io.framewatch.video.segment.Verdict]; [io.framewatch.video.segment.RecentSegments] keeps the
/// newest of each stream for the page, and [io.framewatch.video.segment.LookSignals] makes spans
/// and a log line of it. [io.framewatch.video.segment.SpanBuilder] and
/// [io.framewatch.video.segment.SegmentLine] make spans and JSON log lines for everybody here.
@NullMarked
package io.framewatch.video.segment;

import org.jspecify.annotations.NullMarked;
