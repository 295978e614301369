package io.framewatch.wire.otlp.metrics;

import java.util.Map;

/// Units as UCUM writes them, in the words metric names use: `ms` is `milliseconds`, `By/s` is
/// `bytes` per `second`. Annotations in braces say nothing about the unit and are left out.
///
/// @param main word of the unit, may be empty
/// @param per `per_` and the word of what it is divided by, or empty
record UnitWords(String main, String per) {

    private static final Map<String, String> UNITS =
            Map.ofEntries(
                    Map.entry("d", "days"),
                    Map.entry("h", "hours"),
                    Map.entry("min", "minutes"),
                    Map.entry("s", "seconds"),
                    Map.entry("ms", "milliseconds"),
                    Map.entry("us", "microseconds"),
                    Map.entry("ns", "nanoseconds"),
                    Map.entry("By", "bytes"),
                    Map.entry("KiBy", "kibibytes"),
                    Map.entry("MiBy", "mebibytes"),
                    Map.entry("GiBy", "gibibytes"),
                    Map.entry("TiBy", "tibibytes"),
                    Map.entry("KBy", "kilobytes"),
                    Map.entry("MBy", "megabytes"),
                    Map.entry("GBy", "gigabytes"),
                    Map.entry("TBy", "terabytes"),
                    Map.entry("m", "meters"),
                    Map.entry("V", "volts"),
                    Map.entry("A", "amperes"),
                    Map.entry("J", "joules"),
                    Map.entry("W", "watts"),
                    Map.entry("g", "grams"),
                    Map.entry("Cel", "celsius"),
                    Map.entry("Hz", "hertz"),
                    Map.entry("1", ""),
                    Map.entry("%", "percent"));

    private static final Map<String, String> PERIODS =
            Map.of(
                    "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo",
                    "month", "y", "year");

    static UnitWords of(String unit) {
        int slash = unit.indexOf('/');
        String main = word(slash < 0 ? unit : unit.substring(0, slash), UNITS);
        String per = slash < 0 ? "" : word(unit.substring(slash + 1), PERIODS);
        return new UnitWords(main, per.isEmpty() ? "" : "per_" + per);
    }

    private static String word(String part, Map<String, String> words) {
        String unit = part.strip();
        return unit.contains("{") || unit.contains("}") ? "" : words.getOrDefault(unit, unit);
    }

    /// Both as one text.
    String text() {
        return main.isEmpty() || per.isEmpty() ? main + per : main + "_" + per;
    }
}
