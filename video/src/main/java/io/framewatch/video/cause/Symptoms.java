package io.framewatch.video.cause;

import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamStatus;
import java.util.Locale;

/// What a stream itself tells of its trouble, where nothing upstream explains it.
final class Symptoms {

    private Symptoms() {}

    /// A few words after "camera" or "source".
    static String text(StreamStatus status, VideoStream stream) {
        return switch (status.reason()) {
            case SAME_PICTURE -> "repeats one frame";
            case BLACK_PICTURE -> "sends a black picture";
            case ARRIVES_SLOWLY ->
                    String.format(
                            Locale.ROOT,
                            "sends %.2f s of picture per second",
                            status.reading().flow().speed());
            case FEW_FRAMES, MANY_FRAMES ->
                    String.format(
                            Locale.ROOT,
                            "sends %.1f instead of %.1f fps",
                            status.reading().flow().fps(),
                            stream.fps());
            case LOW_BITRATE ->
                    String.format(
                            Locale.ROOT,
                            "sends %.0f instead of %.0f kb/s",
                            status.reading().flow().bitrateBps() / 1000,
                            stream.bitrateBps() / 1000.0);
            case COMES_AND_GOES -> "goes and comes back again and again";
            case NO_ANSWER_YET -> "is being asked";
            case NO_NEW_MEDIA, SOURCE_FAILS -> failure(status);
            case NONE, PARENT_DOWN, NOT_WATCHED, IN_SERVICE, OFF_BY_SCHEDULE ->
                    "is " + status.state().adjective();
        };
    }

    private static String failure(StreamStatus status) {
        Arrival arrival = status.reading().arrival();
        String words = arrival.words().isEmpty() ? "has sent nothing" : arrival.words();
        String detail = status.reading().detail();
        return detail.isEmpty() ? words : words + " (" + detail + ")";
    }

    /// The whole sentence.
    static String sentence(StreamStatus status, VideoStream stream, String kind, Words words) {
        String text = text(status, stream);
        return switch (status.reason()) {
            case NO_NEW_MEDIA, SOURCE_FAILS ->
                    "The source of "
                            + stream.id()
                            + " "
                            + text
                            + (status.lastSeenMs() > 0
                                    ? "; new segments last came at "
                                            + words.second(status.lastSeenMs())
                                    : "")
                            + ".";
            case NONE,
                    NO_ANSWER_YET,
                    BLACK_PICTURE,
                    SAME_PICTURE,
                    ARRIVES_SLOWLY,
                    FEW_FRAMES,
                    MANY_FRAMES,
                    LOW_BITRATE,
                    COMES_AND_GOES,
                    PARENT_DOWN,
                    NOT_WATCHED,
                    IN_SERVICE,
                    OFF_BY_SCHEDULE ->
                    "The " + kind + " " + text + ".";
        };
    }
}
