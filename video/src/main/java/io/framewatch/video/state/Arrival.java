package io.framewatch.video.state;

/// How data of a stream arrives, as the probe saw it last.
public enum Arrival {
    /// Asked, no answer yet.
    NONE_YET(""),
    /// New media arrives.
    FLOWING(""),
    /// The source answers, but with nothing new for longer than allowed.
    STALE("answers but has no new segment"),
    /// The source says that the stream has ended.
    ENDED("says that the stream has ended"),
    /// The connection was refused.
    REFUSED("refuses connections"),
    /// The name has no address.
    UNRESOLVED("has a name that cannot be resolved"),
    /// No answer in time.
    TIMEOUT("does not answer in time"),
    /// The source answers that there is no such stream.
    NOT_FOUND("answers that there is no such stream"),
    /// The source refuses for lack of rights.
    DENIED("refuses access"),
    /// The source answers with another error.
    ERROR("answers with an error"),
    /// What arrives is not what it should be.
    BAD_DATA("sends data that cannot be read");

    private final String words;

    Arrival(String words) {
        this.words = words;
    }

    /// Ends the sentence "The source ...".
    public String words() {
        return words;
    }

    /// Whether the source could not be reached or refused.
    public boolean isFailure() {
        return switch (this) {
            case REFUSED, UNRESOLVED, TIMEOUT, NOT_FOUND, DENIED, ERROR, BAD_DATA -> true;
            case NONE_YET, FLOWING, STALE, ENDED -> false;
        };
    }
}
