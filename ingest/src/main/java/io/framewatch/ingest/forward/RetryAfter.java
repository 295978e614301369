package io.framewatch.ingest.forward;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// The header `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
final class RetryAfter {

    /// Longest pause that a remote can ask for, milliseconds.
    static final long MAX_MS = 300_000;

    private RetryAfter() {}

    /// How long to wait, milliseconds, at most [#MAX_MS]; 0 if the header is empty or neither.
    static long pauseMs(String header, long nowMs) {
        String text = header.strip();
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Math.clamp(Long.parseLong(text), 0, MAX_MS / 1000) * 1000;
        } catch (NumberFormatException noSeconds) {
            return date(text, nowMs);
        }
    }

    private static long date(String text, long nowMs) {
        try {
            ZonedDateTime at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Math.clamp(at.toInstant().toEpochMilli() - nowMs, 0, MAX_MS);
        } catch (DateTimeException noDate) {
            return 0;
        }
    }
}
