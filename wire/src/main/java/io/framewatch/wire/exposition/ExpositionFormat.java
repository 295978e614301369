package io.framewatch.wire.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The formats understood.
public enum ExpositionFormat {
    PROMETHEUS_TEXT,
    OPENMETRICS,
    PROTOBUF;

    /// The format that a `Content-Type` names, or null if it names none of ours.
    public static @Nullable ExpositionFormat ofContentType(String contentType) {
        String text = contentType.toLowerCase(Locale.ROOT);
        int end = text.indexOf(';');
        String media = (end < 0 ? text : text.substring(0, end)).strip();
        return switch (media) {
            case "text/plain" -> PROMETHEUS_TEXT;
            case "application/openmetrics-text" -> OPENMETRICS;
            case "application/vnd.google.protobuf" ->
                    text.contains("metricfamily") && text.contains("delimited") ? PROTOBUF : null;
            default -> null;
        };
    }
}
