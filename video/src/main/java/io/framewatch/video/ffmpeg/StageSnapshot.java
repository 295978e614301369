package io.framewatch.video.ffmpeg;

import java.util.List;

/// What is known of a stage at one moment. Counters named `total` run over all its processes; the
/// others are those of the present one.
///
/// @param stage whose it is
/// @param atMs when, Unix milliseconds
/// @param pid its process, 0 if none
/// @param process what the system says of it; `T` only if it has been stopped for a second and
///   wrote nothing for two
/// @param uptimeMs how long it has run, milliseconds; 0 if there is none
/// @param frames frames written by the present process
/// @param outTimeMs media time written by the present process, milliseconds
/// @param framesTotal frames written
/// @param outputBytesTotal bytes written, as far as ffmpeg knows
/// @param duplicatedTotal frames written twice
/// @param droppedTotal frames left out
/// @param fps frames per second now, NaN if unknown
/// @param speed media seconds per second now, NaN if unknown
/// @param bitrateBps bits per second written now, NaN if unknown
/// @param lagSeconds how late its output is, NaN if unknown
/// @param restarts how often it was started again
/// @param lastEnd how its last process ended; empty if none did
/// @param lastLog newest lines of log, newest last
public record StageSnapshot(
        StageId stage,
        long atMs,
        long pid,
        ProcessState process,
        long uptimeMs,
        long frames,
        long outTimeMs,
        long framesTotal,
        long outputBytesTotal,
        long duplicatedTotal,
        long droppedTotal,
        double fps,
        double speed,
        double bitrateBps,
        double lagSeconds,
        int restarts,
        String lastEnd,
        List<String> lastLog) {}
