package io.framewatch.server.http.prometheus;

import io.framewatch.model.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times and durations in every form Prometheus's API takes: Unix seconds with a fraction, RFC
/// 3339, and for durations also `5m` and its like.
final class ApiTimes {

    /// The earliest and latest time Prometheus knows (`web/api/v1/api.go`), which clients send to
    /// mean "all of it", Unix milliseconds: as far as a signed 64-bit count of nanoseconds reaches.
    private static final long FAR_MS = Long.MAX_VALUE / 1_000_000;

    /// How clients write the latest time; Java wants a plus sign before such a year.
    private static final String LATEST = "292277025-08-18T07:12:54.999999999Z";

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private ApiTimes() {}

    /// Unix milliseconds, or null if `text` is no time.
    static @Nullable Long timeMs(String text) {
        if (NUMBER.matcher(text).matches()) {
            return roundedMs(Double.parseDouble(text));
        }
        if (text.equals(LATEST)) {
            return FAR_MS;
        }
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            long seconds = Math.clamp(at.getEpochSecond(), -FAR_MS / 1000, FAR_MS / 1000);
            return seconds * 1000 + at.getNano() / 1_000_000;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// Milliseconds, or null if `text` is no duration.
    static @Nullable Long durationMs(String text) {
        if (NUMBER.matcher(text).matches()) {
            double seconds = Double.parseDouble(text);
            return Math.abs(seconds * 1000) > FAR_MS ? null : roundedMs(seconds);
        }
        long ms = Durations.parseMs(text);
        return ms < 0 ? null : (Long) ms;
    }

    private static long roundedMs(double seconds) {
        return Math.clamp(Math.round(seconds * 1000), -FAR_MS, FAR_MS);
    }
}
