package io.framewatch.video.ffmpeg;

import java.util.Locale;

/// How bad a line of log is, mildest first.
public enum LogLevel {
    /// For developers.
    DEBUG,
    /// What happens as it should.
    INFO,
    /// Something is lost or unusual, the process goes on.
    WARNING,
    /// Something failed, the process may go on.
    ERROR,
    /// The process gives up.
    FATAL;

    /// The word as it stands in labels and records.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level of ffmpeg's word, `INFO` for words it does not have.
    static LogLevel of(String word) {
        return switch (word) {
            case "quiet", "panic", "fatal" -> FATAL;
            case "error" -> ERROR;
            case "warning" -> WARNING;
            case "verbose", "debug", "trace" -> DEBUG;
            default -> INFO;
        };
    }
}
