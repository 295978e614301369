package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A span of time as Go has it.
///
/// @param nanos nanoseconds
record GoDuration(long nanos) implements Members {

    @Override
    public @Nullable Object member(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "String" -> print();
            case "Nanoseconds" -> nanos;
            case "Microseconds" -> nanos / 1_000;
            case "Milliseconds" -> nanos / 1_000_000;
            case "Seconds" -> nanos / 1e9;
            case "Minutes" -> nanos / 60e9;
            case "Hours" -> nanos / 3600e9;
            default -> throw new TemplateException("a duration has no method " + name);
        };
    }

    @Override
    public String print() {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long size = Math.abs(nanos);
        if (size < 1_000_000_000) {
            String unit = size < 1_000 ? "ns" : size < 1_000_000 ? "µs" : "ms";
            double scale = size < 1_000 ? 1 : size < 1_000_000 ? 1e3 : 1e6;
            return sign + Numbers.shortest(size / scale) + unit;
        }
        long seconds = size / 1_000_000_000;
        String fraction = fraction(size % 1_000_000_000);
        StringBuilder out = new StringBuilder(sign);
        if (seconds >= 3_600) {
            out.append(seconds / 3_600).append('h');
        }
        if (seconds >= 60) {
            out.append(seconds / 60 % 60).append('m');
        }
        return out.append(seconds % 60).append(fraction).append('s').toString();
    }

    private static String fraction(long nanosOfSecond) {
        if (nanosOfSecond == 0) {
            return "";
        }
        return "." + String.format("%09d", nanosOfSecond).replaceFirst("0+$", "");
    }
}
