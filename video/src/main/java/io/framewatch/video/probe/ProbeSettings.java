package io.framewatch.video.probe;

import java.nio.file.Path;
import java.time.Duration;

/// How probes look.
///
/// @param ffmpeg the program that decodes: a name on the path or a path
/// @param workFolder where ffmpeg writes thumbnails; created, and its files removed
/// @param period time between two looks at a stream
/// @param looksMax most streams looked at in the same moment
/// @param decodersMax most short ffmpeg runs in the same moment
/// @param connectMax longest wait for a connection
/// @param answerMax longest wait for a whole answer
/// @param decodeMax longest run of ffmpeg over one segment
/// @param playlistBytesMax largest playlist read
/// @param segmentBytesMax largest segment read
public record ProbeSettings(
        String ffmpeg,
        Path workFolder,
        Duration period,
        int looksMax,
        int decodersMax,
        Duration connectMax,
        Duration answerMax,
        Duration decodeMax,
        int playlistBytesMax,
        int segmentBytesMax) {

    /// The settings for `ffmpeg`, with thumbnails under `workFolder`.
    public static ProbeSettings of(String ffmpeg, Path workFolder) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ProbeSettings(
                ffmpeg,
                workFolder,
                Duration.ofSeconds(1),
                32,
                Math.max(2, processors),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                2 * 1024 * 1024,
                32 * 1024 * 1024);
    }
}
