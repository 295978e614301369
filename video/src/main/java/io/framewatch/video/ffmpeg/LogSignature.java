package io.framewatch.video.ffmpeg;

import java.util.List;
import java.util.Locale;

/// Known troubles and the words by which ffmpeg's log gives them away. The first that fits wins, so
/// the more telling ones stand first. Words are compared in lower case.
public enum LogSignature {
    /// The graphics card gives no further encoder session.
    ENCODER_SESSIONS(LogLevel.ERROR, "openencodesessionex failed", "no capable devices found"),
    /// The disk is full or read-only.
    DISK(LogLevel.ERROR, "no space left on device", "read-only file system"),
    /// Nobody answers at the address.
    REFUSED(LogLevel.ERROR, "connection refused", "no route to host", "network is unreachable"),
    /// The other side took the connection and said nothing more.
    TIMED_OUT(LogLevel.ERROR, "connection timed out", "operation timed out", "i/o timeout"),
    /// The other side ended the connection.
    DISCONNECTED(LogLevel.ERROR, "connection reset by peer", "broken pipe", "end of file"),
    /// The source wants a user and a password, or others.
    UNAUTHORIZED(LogLevel.ERROR, "401 unauthorized", "403 forbidden", "unauthorized"),
    /// The source does not have what was asked for.
    NOT_FOUND(LogLevel.ERROR, "404 not found", "server returned 404", "failed: 404"),
    /// The address or the port is taken.
    ADDRESS_IN_USE(LogLevel.ERROR, "address already in use"),
    /// Packets were lost on the way from the camera.
    PACKET_LOSS(
            LogLevel.WARNING,
            "max delay reached",
            "rtp: missed",
            "packet corrupt",
            "continuity check failed",
            "corrupt input packet",
            "cc error"),
    /// This process did not fetch packets as fast as they came.
    INPUT_OVERRUN(LogLevel.WARNING, "circular buffer overrun", "thread message queue blocking"),
    /// Pictures could not be decoded whole.
    DECODE_ERRORS(
            LogLevel.WARNING,
            "error while decoding mb",
            "concealing ",
            "could not find ref with poc",
            "decode_slice_header error",
            "error while decoding stream",
            "non-existing pps",
            "non-existing sps",
            "no frame!",
            "missing reference picture",
            "reference picture missing"),
    /// The clock of the source jumped or went back.
    TIMESTAMPS(
            LogLevel.WARNING,
            "non-monotonous dts",
            "non-monotonic dts",
            "non monotonically increasing dts",
            "timestamp discontinuity",
            "dts out of order",
            "pts has no value",
            "invalid dts",
            "timestamps are unset"),
    /// The source changed its picture's size or format.
    INPUT_CHANGED(
            LogLevel.WARNING, "changing video frame properties", "reconfiguring filter graph"),
    /// The data is not what its name says.
    BAD_DATA(LogLevel.ERROR, "invalid data found when processing input", "moov atom not found"),
    /// The command line asks for what this build does not have.
    COMMAND(
            LogLevel.FATAL,
            "unrecognized option",
            "unknown encoder",
            "no such filter",
            "option not found",
            "protocol not found"),
    /// None of the known ones.
    OTHER(LogLevel.DEBUG);

    private final LogLevel least;

    @SuppressWarnings("ImmutableEnumChecker") // List.of: never changed
    private final List<String> words;

    LogSignature(LogLevel least, String... words) {
        this.least = least;
        this.words = List.of(words);
    }

    /// The word as it stands in labels and records.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A line of this kind is at least this bad, whatever level ffmpeg gave it.
    LogLevel least() {
        return least;
    }

    /// The signature of a message.
    static LogSignature of(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (LogSignature signature : values()) {
            for (String word : signature.words) {
                if (lower.contains(word)) {
                    return signature;
                }
            }
        }
        return OTHER;
    }
}
