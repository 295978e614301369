/// How the demo knows when each picture passed where, and makes a trace of each segment.
///
/// Stages are joined by MPEG-TS over UDP. A [io.framewatch.demo.trace.TsRelay] stands between two
/// of them, as an ingest server does: it passes datagrams on and notes, by
/// [io.framewatch.demo.trace.TsPictures], when the pictures of each video in them came
/// ([io.framewatch.demo.trace.PictureMarks]). When a segment is published,
/// [io.framewatch.demo.trace.PictureWay] finds its pictures again at both relays and
/// [io.framewatch.demo.trace.SegmentTraces] tells its spans and lines. Nothing here guesses a
/// duration: a span whose times were not measured is not told. Why a trace is a segment of a
/// camera, and not of a rendition, is told in `docs/decisions/0040-a-trace-per-segment.md`.
@NullMarked
package io.framewatch.demo.trace;

import org.jspecify.annotations.NullMarked;
