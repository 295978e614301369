package io.framewatch.video.ffmpeg;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a line that ffmpeg wrote to standard error into a record: level, known trouble, component,
/// message. ffmpeg is started with `-loglevel level+...`, which puts `[warning]` before or after
/// the component; lines without a level are judged by their words. Thread safe.
public final class FfmpegLogClassifier {

    /// Longest message kept, characters.
    public static final int MESSAGE_CHARS_MAX = 1_000;

    private static final Pattern LEVEL =
            Pattern.compile("\\[(quiet|panic|fatal|error|warning|info|verbose|debug|trace)\\] ?");
    private static final Pattern COMPONENT =
            Pattern.compile("\\[([A-Za-z0-9_#:/.,-]{1,60}) @ 0x[0-9a-f]+\\] ?");
    private static final Pattern CREDENTIALS =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{1,15}://)[^\\s/@]{1,200}@");
    private static final Pattern QUERY = Pattern.compile("(://[^\\s?'\"]{1,300})\\?[^\\s'\"]+");

    /// What a line says.
    ///
    /// @param level how bad it is
    /// @param signature which known trouble it tells of
    /// @param component the part of ffmpeg that wrote it; empty if not stated
    /// @param message the rest, without credentials
    public record Line(LogLevel level, LogSignature signature, String component, String message) {}

    /// Reads lines of one or many processes.
    public FfmpegLogClassifier() {}

    /// Reads one line.
    public Line classify(String line) {
        String rest = line;
        LogLevel level = LogLevel.INFO;
        String component = "";
        boolean stripped = true;
        while (stripped) {
            Matcher levelFound = LEVEL.matcher(rest);
            Matcher componentFound = COMPONENT.matcher(rest);
            if (levelFound.lookingAt()) {
                level = LogLevel.of(levelFound.group(1));
                rest = rest.substring(levelFound.end());
            } else if (componentFound.lookingAt()) {
                component = component.isEmpty() ? componentFound.group(1) : component;
                rest = rest.substring(componentFound.end());
            } else {
                stripped = false;
            }
        }
        LogSignature signature = LogSignature.of(rest);
        LogLevel worst = level.compareTo(signature.least()) < 0 ? signature.least() : level;
        return new Line(worst, signature, component, clean(rest));
    }

    private static String clean(String message) {
        String open = CREDENTIALS.matcher(message).replaceAll("$1");
        String text = QUERY.matcher(open).replaceAll("$1").strip();
        return text.length() > MESSAGE_CHARS_MAX ? text.substring(0, MESSAGE_CHARS_MAX) : text;
    }
}
