package io.framewatch.template;

/// Numbers for people, as Prometheus writes them.
final class Humanize {

    private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] SMALL = {"", "m", "u", "n", "p", "f", "a", "z", "y"};
    private static final String[] BINARY = {"", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
    private static final int DIGITS = 4;

    private Humanize() {}

    private static String four(double value) {
        return Numbers.general(value, DIGITS);
    }

    /// With metric prefixes.
    static String metric(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return four(value);
        }
        return Math.abs(value) >= 1 ? scaled(value, 1000, LARGE) : shrunk(value);
    }

    /// With binary prefixes.
    static String binary(double value) {
        return Math.abs(value) <= 1 || !Double.isFinite(value)
                ? four(value)
                : scaled(value, 1024, BINARY);
    }

    private static String scaled(double value, double base, String[] prefixes) {
        double left = value;
        int step = 0;
        while (Math.abs(left) >= base && step < prefixes.length - 1) {
            left /= base;
            step++;
        }
        return four(left) + prefixes[step];
    }

    private static String shrunk(double value) {
        double left = value;
        int step = 0;
        while (Math.abs(left) < 1 && step < SMALL.length - 1) {
            left *= 1000;
            step++;
        }
        return four(left) + SMALL[step];
    }

    /// Seconds as days, hours, minutes and seconds.
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return four(seconds);
        }
        if (seconds == 0) {
            return four(seconds) + "s";
        }
        if (Math.abs(seconds) < 1) {
            return shrunk(seconds) + "s";
        }
        String sign = seconds < 0 ? "-" : "";
        double size = Math.abs(seconds);
        long whole = (long) size;
        long days = whole / 86_400;
        long hours = whole / 3_600 % 24;
        long minutes = whole / 60 % 60;
        if (days != 0) {
            return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, whole % 60);
        }
        if (hours != 0) {
            return "%s%dh %dm %ds".formatted(sign, hours, minutes, whole % 60);
        }
        if (minutes != 0) {
            return "%s%dm %ds".formatted(sign, minutes, whole % 60);
        }
        return sign + four(size) + "s";
    }

    /// A ratio as hundredths.
    static String percentage(double ratio) {
        return four(ratio * 100) + "%";
    }
}
