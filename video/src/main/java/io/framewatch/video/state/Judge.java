package io.framewatch.video.state;

import io.framewatch.video.inventory.VideoStream;
import java.time.Instant;

/// Says what one reading means, without memory: the worst that is true wins.
final class Judge {

    private final StateRules rules;

    /// What a reading means.
    ///
    /// @param state the state it speaks for
    /// @param reason why
    /// @param sinceMs since when that has been so, as far as the reading tells
    /// @param holdMs how long it must go on before it is believed
    record Verdict(StreamState state, Reason reason, long sinceMs, long holdMs) {}

    Judge(StateRules rules) {
        this.rules = rules;
    }

    Verdict judge(StreamReading reading, VideoStream stream, long firstAskedMs) {
        if (reading.arrival() != Arrival.FLOWING
                && !stream.schedule().isOn(Instant.ofEpochMilli(reading.atMs()))) {
            return new Verdict(StreamState.MAINTENANCE, Reason.OFF_BY_SCHEDULE, reading.atMs(), 0);
        }
        return switch (reading.arrival()) {
            case FLOWING -> shown(reading, stream);
            case NONE_YET ->
                    reading.atMs() - firstAskedMs < rules.connectMs()
                            ? connecting(firstAskedMs)
                            : lost(reading, Reason.NO_NEW_MEDIA, firstAskedMs, 0);
            case STALE, ENDED ->
                    lost(reading, Reason.NO_NEW_MEDIA, firstAskedMs, rules.offlineHoldMs());
            case REFUSED, UNRESOLVED, TIMEOUT, NOT_FOUND, DENIED, ERROR, BAD_DATA ->
                    failing(reading, firstAskedMs);
        };
    }

    private static Verdict connecting(long firstAskedMs) {
        return new Verdict(StreamState.CONNECTING, Reason.NO_ANSWER_YET, firstAskedMs, 0);
    }

    private Verdict failing(StreamReading reading, long firstAskedMs) {
        boolean neverSeen = reading.newestMediaAtMs() == 0;
        if (neverSeen && reading.atMs() - firstAskedMs < rules.connectMs()) {
            return new Verdict(StreamState.CONNECTING, Reason.SOURCE_FAILS, firstAskedMs, 0);
        }
        return lost(reading, Reason.SOURCE_FAILS, firstAskedMs, rules.failureHoldMs());
    }

    private static Verdict lost(
            StreamReading reading, Reason reason, long firstAskedMs, long holdMs) {
        long newest = reading.newestMediaAtMs();
        return new Verdict(StreamState.OFFLINE, reason, newest > 0 ? newest : firstAskedMs, holdMs);
    }

    private Verdict shown(StreamReading reading, VideoStream stream) {
        StreamReading.Picture picture = reading.picture();
        long black = picture.blackSinceMs();
        if (black > 0 && picture.seenAtMs() - black >= rules.blackMs()) {
            return new Verdict(StreamState.BLACK, Reason.BLACK_PICTURE, black, 0);
        }
        long frozen = picture.frozenSinceMs();
        double freezeMs = stream.freezeSeconds() * 1000;
        if (frozen > 0 && freezeMs > 0 && picture.seenAtMs() - frozen >= freezeMs) {
            return new Verdict(StreamState.FROZEN, Reason.SAME_PICTURE, frozen, 0);
        }
        Reason weakness = weakness(reading.flow(), stream);
        if (weakness != Reason.NONE) {
            return new Verdict(
                    StreamState.DEGRADED, weakness, reading.atMs(), rules.degradedHoldMs());
        }
        return new Verdict(StreamState.LIVE, Reason.NONE, reading.atMs(), rules.recoverHoldMs());
    }

    /// Comparisons with NaN are false, so what is unknown is no weakness.
    private Reason weakness(StreamReading.Flow flow, VideoStream stream) {
        if (flow.speed() < rules.speedLow()) {
            return Reason.ARRIVES_SLOWLY;
        }
        if (stream.fps() > 0 && flow.fps() < stream.fps() * rules.fpsLowRatio()) {
            return Reason.FEW_FRAMES;
        }
        if (stream.fps() > 0 && flow.fps() > stream.fps() * rules.fpsHighRatio()) {
            return Reason.MANY_FRAMES;
        }
        if (stream.bitrateBps() > 0
                && flow.bitrateBps() < stream.bitrateBps() * rules.bitrateLowRatio()) {
            return Reason.LOW_BITRATE;
        }
        return Reason.NONE;
    }
}
