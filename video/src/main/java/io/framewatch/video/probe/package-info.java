/// Looks at streams as a player would, and at their pictures.
///
/// [io.framewatch.video.probe.Prober] runs one probe a stream with bounded concurrency and hands
/// out a [io.framewatch.video.state.StreamReading] after each look. For HLS a probe reads the
/// playlist, fetches what is new, and gives each new segment to one short ffmpeg run that decodes
/// its keyframes only; for RTSP and RTMP one ffmpeg stays connected. Black, frozen and silent are
/// judged here from small grey frames ([io.framewatch.video.probe.PictureWatch]); why it is done so
/// is told in `docs/decisions/0020-freeze-detection.md`. The newest thumbnail of each stream waits
/// in [io.framewatch.video.probe.Pictures].
///
/// Everything from outside is bounded: bytes, time, lines, processes. Addresses may hold
/// credentials; nothing here shows them.
@NullMarked
package io.framewatch.video.probe;

import org.jspecify.annotations.NullMarked;
