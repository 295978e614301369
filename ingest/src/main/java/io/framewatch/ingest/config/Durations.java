package io.framewatch.ingest.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Prometheus's durations, such as `1h30m` or `500ms`, and sizes, such as `15MB`.
public final class Durations {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] UNIT_MS = {
        31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
    };
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)([KMGTPE]?)i?B");

    private Durations() {}

    /// Milliseconds of a duration; throws `IllegalArgumentException` with the reason.
    public static long parseMs(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher match = FORM.matcher(text);
        if (text.isEmpty() || text.length() > 64 || !match.matches()) {
            throw new IllegalArgumentException(
                    "not a valid duration: \"" + text + "\" (write for example 15s, 1m30s or 2h)");
        }
        try {
            long ms = 0;
            for (int i = 0; i < UNIT_MS.length; i++) {
                String digits = match.group(i + 1);
                if (digits != null) {
                    long part = Math.multiplyExact(Long.parseLong(digits), UNIT_MS[i]);
                    ms = Math.addExact(ms, part);
                }
            }
            return ms;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("duration out of range: \"" + text + "\"", e);
        }
    }

    /// Bytes of a size with a unit of powers of 1024 (`KB` and `KiB` are the same); throws
    /// `IllegalArgumentException` with the reason.
    public static long parseBytes(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "not a valid size: \"" + text + "\" (write for example 512KB, 15MB or 1GB)");
        }
        int power = "KMGTPE".indexOf(match.group(2).isEmpty() ? "-" : match.group(2)) + 1;
        return (long) (Double.parseDouble(match.group(1)) * Math.pow(1024, power));
    }
}
