package io.framewatch.video.ffmpeg;

import java.time.Duration;

/// When a process that ended, or lost its place, is started again.
///
/// @param firstDelay wait before the first restart; doubled with each further one
/// @param longestDelay longest wait
/// @param settledAfter a process that ran this long starts the waits anew
/// @param gap output that resumes after standing still for longer than this makes the process be
///   restarted, because its clock is off by the gap; zero: never
public record RestartPolicy(
        Duration firstDelay, Duration longestDelay, Duration settledAfter, Duration gap) {

    /// Restarts after 0.5 s, doubled up to 15 s, and after gaps of more than 3 s.
    public static final RestartPolicy LIVE =
            new RestartPolicy(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(3));

    /// The wait before restart number `attempt`, counted from 0.
    Duration delay(int attempt) {
        long factor = 1L << Math.min(attempt, 20);
        Duration doubled = firstDelay.multipliedBy(factor);
        return doubled.compareTo(longestDelay) > 0 ? longestDelay : doubled;
    }
}
