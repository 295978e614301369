package io.framewatch.video.state;

/// Where the borders between states lie.
///
/// @param fpsLowRatio below this part of the expected frame rate a stream is degraded
/// @param fpsHighRatio above this multiple of the expected frame rate it is degraded: a source that
///   repeats frames without end sends too many
/// @param bitrateLowRatio below this part of the expected bitrate it is degraded
/// @param speedLow below this many media seconds per second it is degraded
/// @param blackMs how long it may be black
/// @param offlineHoldMs how long nothing new must go on arriving, after the probe found it stale
/// @param failureHoldMs how long a source must go on failing
/// @param degradedHoldMs how long a weakness must last, and how long it must be gone
/// @param recoverHoldMs how long a broken picture must be good again
/// @param connectMs how long a new stream may connect
/// @param silenceMs without any reading for this long nobody can tell
/// @param flapsMax this many losses within [#flapWindowMs] are flapping
/// @param flapWindowMs see `flapsMax`
/// @param flapCalmMs how long a flapping stream must stay in one state to have it
public record StateRules(
        double fpsLowRatio,
        double fpsHighRatio,
        double bitrateLowRatio,
        double speedLow,
        long blackMs,
        long offlineHoldMs,
        long failureHoldMs,
        long degradedHoldMs,
        long recoverHoldMs,
        long connectMs,
        long silenceMs,
        int flapsMax,
        long flapWindowMs,
        long flapCalmMs) {

    /// The rules that suit live streams of 2 to 6 second segments.
    public static final StateRules DEFAULT =
            new StateRules(
                    0.8, 1.5, 0.5, 0.9, 2_000, 1_000, 4_000, 4_000, 2_000, 15_000, 15_000, 4,
                    180_000, 30_000);
}
