package io.framewatch.demo;

import java.time.Duration;

/// How long things may take in a round, and the rests in it.
///
/// @param liveMax until all cameras are live
/// @param seenMax from injection until state and alert
/// @param recoverMax from clearing until all is well
/// @param rest between two faults
/// @param restAfterRound between two rounds
public record RoundPace(
        Duration liveMax,
        Duration seenMax,
        Duration recoverMax,
        Duration rest,
        Duration restAfterRound) {

    /// What the demo promises: a fault is seen within a minute.
    public static final RoundPace DEFAULT =
            new RoundPace(
                    Duration.ofSeconds(90),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(60));
}
