package io.framewatch.video.state;

/// Where a stage's run stands.
///
/// @param state its state
/// @param sinceMs since when, Unix milliseconds
/// @param speed media seconds written per second over the last few seconds; NaN if unknown
/// @param fps frames written per second over the last few seconds; NaN if unknown
/// @param cpuShare processors used over the last few seconds, 1 being one whole; NaN if unknown
/// @param report the newest report
public record StageStatus(
        StageState state,
        long sinceMs,
        double speed,
        double fps,
        double cpuShare,
        StageReport report) {}
