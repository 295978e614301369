package io.framewatch.text.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as Prometheus's configuration files write them: `1h30m`, `90s`, `0`
/// (`prometheus/common/model/time.go`). A day has 24 hours, a week 7 days, a year 365 days.
public final class Durations {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private static final long[] UNITS_MS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
    };

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    private Durations() {}

    /// The duration a text stands for, or null if it is none or longer than 292 years.
    public static @Nullable Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return null;
        }
        try {
            long total = 0;
            for (int unit = 0; unit < UNITS_MS.length; unit++) {
                String count = matcher.group(unit + 1);
                if (count != null) {
                    long part = Math.multiplyExact(Long.parseLong(count), UNITS_MS[unit]);
                    total = Math.addExact(total, part);
                }
            }
            return total > Long.MAX_VALUE / 1_000_000 ? null : Duration.ofMillis(total);
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /// Writes a duration the same way: `1h30m`, `0s`. Weeks and years only when they come out even.
    public static String print(Duration duration) {
        long left = duration.toMillis();
        if (left == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        for (int unit = 0; unit < UNITS_MS.length; unit++) {
            boolean exactOnly = unit < 2;
            long size = UNITS_MS[unit];
            if (left < size || exactOnly && left % size != 0) {
                continue;
            }
            out.append(left / size).append(UNITS[unit]);
            left %= size;
        }
        return out.toString();
    }
}
