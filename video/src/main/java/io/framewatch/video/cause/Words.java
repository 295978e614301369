package io.framewatch.video.cause;

import io.framewatch.video.state.Reason;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The few words that states and causes are told in. Immutable and thread safe.
public final class Words {

    private final DateTimeFormatter seconds;
    private final DateTimeFormatter minutes;

    /// Words with times of day in `zone`.
    public Words(ZoneId zone) {
        this.seconds = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.minutes = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    }

    /// `14:11:08`.
    public String second(long atMs) {
        return seconds.format(Instant.ofEpochMilli(atMs));
    }

    /// `14:11`.
    public String minute(long atMs) {
        return minutes.format(Instant.ofEpochMilli(atMs));
    }

    /// What people say of a stream: `frozen`, `late`, `offline`.
    public static String adjective(StreamStatus status) {
        if (status.state() != StreamState.DEGRADED) {
            return status.state().adjective();
        }
        return switch (status.reason()) {
            case ARRIVES_SLOWLY -> "late";
            case FEW_FRAMES -> "short of frames";
            case MANY_FRAMES -> "too fast";
            case LOW_BITRATE -> "weak";
            case NONE,
                    NO_ANSWER_YET,
                    NO_NEW_MEDIA,
                    SOURCE_FAILS,
                    BLACK_PICTURE,
                    SAME_PICTURE,
                    COMES_AND_GOES,
                    PARENT_DOWN,
                    NOT_WATCHED,
                    IN_SERVICE,
                    OFF_BY_SCHEDULE ->
                    "degraded";
        };
    }

    /// What follows for the picture: ends the sentence about a stage.
    static String consequence(StreamStatus status) {
        return switch (status.state()) {
            case OFFLINE, CONNECTING, UNKNOWN -> "so no new segments arrive";
            case FLAPPING -> "so the picture comes and goes";
            case DEGRADED ->
                    status.reason() == Reason.ARRIVES_SLOWLY
                            ? "so its picture arrives late"
                            : "so its picture is " + adjective(status);
            case FROZEN -> "so its picture stands still";
            case BLACK -> "so its picture is black";
            case LIVE, TAMPERED, MAINTENANCE -> "so its picture is at risk";
        };
    }

    /// What is the matter with a stage, as the predicate of a sentence.
    String predicate(StageStatus stage) {
        String at = second(stage.sinceMs());
        return switch (stage.state()) {
            case STOPPED -> "is stopped (SIGSTOP) since " + at;
            case DOWN -> "ended" + how(stage) + " at " + at;
            case STALLED -> "has written nothing since " + at;
            case SLOW -> "runs at " + speed(stage) + " of real time since " + at;
            case UP -> "ended" + how(stage) + " and was started again at " + at;
        };
    }

    /// The same in two or three words.
    static String label(StageStatus stage) {
        return switch (stage.state()) {
            case STOPPED -> "stopped (SIGSTOP)";
            case DOWN -> "ended" + how(stage);
            case STALLED -> "writes nothing";
            case SLOW -> "runs at " + speed(stage) + " of real time";
            case UP -> "restarted" + how(stage);
        };
    }

    private static String how(StageStatus stage) {
        String end = stage.report().lastEnd();
        return end.isEmpty() ? "" : " (" + end + ")";
    }

    private static String speed(StageStatus stage) {
        return Double.isNaN(stage.speed())
                ? "less"
                : String.format(Locale.ROOT, "%.2f", stage.speed());
    }
}
