package io.framewatch.video.state;

/// Why a stream is in its state, as far as the stream alone tells.
public enum Reason {
    /// Nothing is wrong.
    NONE,
    /// Asked for, nothing seen yet.
    NO_ANSWER_YET,
    /// The source answers with nothing new.
    NO_NEW_MEDIA,
    /// The source could not be reached or refused; the arrival says how.
    SOURCE_FAILS,
    /// The picture is black.
    BLACK_PICTURE,
    /// The same picture again and again.
    SAME_PICTURE,
    /// Media arrives more slowly than it plays.
    ARRIVES_SLOWLY,
    /// Too few frames per second.
    FEW_FRAMES,
    /// Too many frames per second.
    MANY_FRAMES,
    /// Far fewer bits than expected.
    LOW_BITRATE,
    /// Goes and comes back again and again.
    COMES_AND_GOES,
    /// Its site or device is out of reach.
    PARENT_DOWN,
    /// The probe has not looked for too long.
    NOT_WATCHED,
    /// Taken into service by a person.
    IN_SERVICE,
    /// Off by its schedule.
    OFF_BY_SCHEDULE
}
