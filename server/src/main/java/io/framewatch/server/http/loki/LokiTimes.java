package io.framewatch.server.http.loki;

import io.framewatch.server.http.prometheus.ApiRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Times as Loki's clients send them: Unix nanoseconds, Unix seconds with a fraction, or RFC 3339.
final class LokiTimes {

    /// Whole numbers of at most this many digits are seconds, longer ones nanoseconds.
    private static final int SECONDS_DIGITS_MAX = 10;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private LokiTimes() {}

    /// Unix nanoseconds of a parameter, or `otherwiseNs` if it is not given.
    static long timeNs(ApiRequest request, String name, long otherwiseNs) {
        String text = request.text(name);
        if (text.isEmpty()) {
            return otherwiseNs;
        }
        try {
            if (text.matches("[+-]?\\d+")) {
                long number = Long.parseLong(text);
                return text.length() <= SECONDS_DIGITS_MAX
                        ? Math.multiplyExact(number, NS_PER_SECOND)
                        : number;
            }
            if (text.matches("[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?")) {
                return Math.round(Double.parseDouble(text) * NS_PER_SECOND);
            }
            Instant at = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), NS_PER_SECOND), at.getNano());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw ApiRequest.bad(
                    "could not parse '" + name + "' parameter: \"" + text + "\" is no time");
        }
    }
}
