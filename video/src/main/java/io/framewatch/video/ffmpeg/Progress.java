package io.framewatch.video.ffmpeg;

/// One block of `-progress` output. Counters run from the start of the process; a value that ffmpeg
/// does not know (`N/A`) is -1.
///
/// @param frames video frames written
/// @param outTimeUs media time written, microseconds; may be negative at the start of a stream
/// @param outputBytes bytes written; unknown for HLS and null outputs
/// @param duplicatedFrames frames written twice to keep the rate
/// @param droppedFrames frames left out to keep the rate
/// @param end whether this is the last block of the process
public record Progress(
        long frames,
        long outTimeUs,
        long outputBytes,
        long duplicatedFrames,
        long droppedFrames,
        boolean end) {

    /// What is unknown.
    public static final long UNKNOWN = -1;
}
