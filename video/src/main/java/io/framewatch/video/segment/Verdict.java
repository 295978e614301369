package io.framewatch.video.segment;

import java.util.Locale;

/// What a probe made of one segment.
public enum Verdict {
    /// It came in time and its picture moves.
    FINE,
    /// Its picture could not be looked at, for it is encrypted.
    UNSEEN,
    /// It came so late that viewers fall behind.
    LATE,
    /// It repeats the picture of those before it.
    FROZEN,
    /// Its picture is black.
    BLACK,
    /// No picture in it can be decoded.
    UNREADABLE,
    /// The playlist names it, the server does not have it.
    MISSING,
    /// It could not be fetched.
    FAILED;

    /// The word in JSON, spans and log lines.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a viewer sees it to be wrong.
    public boolean isBroken() {
        return this != FINE && this != UNSEEN;
    }

    /// The level of the log line that tells of it.
    public String level() {
        return switch (this) {
            case FINE, UNSEEN -> "info";
            case LATE -> "warning";
            case FROZEN, BLACK, UNREADABLE, MISSING, FAILED -> "error";
        };
    }
}
