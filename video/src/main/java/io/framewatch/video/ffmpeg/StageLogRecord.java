package io.framewatch.video.ffmpeg;

/// One line of a stage's log.
///
/// @param atMs when it was read, Unix milliseconds
/// @param stage whose it is
/// @param pid the process that wrote it
/// @param level how bad it is
/// @param signature which known trouble it tells of
/// @param component the part of ffmpeg that wrote it, such as `h264` or `hls`; empty if not stated
/// @param message the line without level and component, credentials in addresses left out
public record StageLogRecord(
        long atMs,
        StageId stage,
        long pid,
        LogLevel level,
        LogSignature signature,
        String component,
        String message) {}
