package io.framewatch.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations in the words of Prometheus: `1h30m`, `15s`, `500ms`, `2w`; units y, w, d, h, m, s, ms,
/// largest first, each at most once, whole numbers. A year is 365 days. Format:
/// <https://prometheus.io/docs/prometheus/latest/configuration/configuration/> (`<duration>`).
public final class Durations {

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
    };
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private Durations() {}

    /// Milliseconds of `text`, or -1 if it is no duration. `0` needs no unit.
    public static long parseMs(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return -1;
        }
        long sum = 0;
        for (int i = 0; i < UNITS.length; i++) {
            String number = parts.group(i + 1);
            if (number == null) {
                continue;
            }
            if (number.length() > 15) {
                return -1;
            }
            long high = Math.multiplyHigh(Long.parseLong(number), UNIT_MS[i]);
            long low = Long.parseLong(number) * UNIT_MS[i];
            if (high != 0 || low < 0 || sum + low < 0) {
                return -1;
            }
            sum += low;
        }
        return sum;
    }

    /// The shortest exact form of a duration that is not negative: `90000` is `1m30s`. Weeks and
    /// years appear only when nothing smaller is left, as Prometheus writes them.
    public static String format(long durationMs) {
        if (durationMs == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = durationMs;
        for (int i = 0; i < UNITS.length; i++) {
            boolean exactOnly = i < 2;
            if (exactOnly && rest % UNIT_MS[i] != 0) {
                continue;
            }
            long count = rest / UNIT_MS[i];
            if (count > 0) {
                text.append(count).append(UNITS[i]);
                rest -= count * UNIT_MS[i];
            }
        }
        return text.toString();
    }
}
