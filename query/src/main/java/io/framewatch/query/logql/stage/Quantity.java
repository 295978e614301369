package io.framewatch.query.logql.stage;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a label's text measures, and how to read it.
public enum Quantity {
    /// A plain number.
    NUMBER("number"),
    /// A duration in Go's notation, `1h2m3.5s`; in seconds.
    DURATION("duration"),
    /// A size such as `512B`, `2KB` (1,000) or `2KiB` (1,024); in bytes.
    BYTES("size");

    private static final Pattern PART =
            Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w|y)");
    private static final Map<String, Double> SECONDS =
            Map.ofEntries(
                    Map.entry("ns", 1e-9),
                    Map.entry("us", 1e-6),
                    Map.entry("µs", 1e-6),
                    Map.entry("μs", 1e-6),
                    Map.entry("ms", 1e-3),
                    Map.entry("s", 1.0),
                    Map.entry("m", 60.0),
                    Map.entry("h", 3600.0),
                    Map.entry("d", 86_400.0),
                    Map.entry("w", 604_800.0),
                    Map.entry("y", 31_536_000.0));
    private static final Pattern SIZE =
            Pattern.compile("([0-9]*\\.?[0-9]+) ?([kmgtpe]?)(i?)(b?)", Pattern.CASE_INSENSITIVE);
    private static final String PREFIXES = "kmgtpe";

    private final String word;

    Quantity(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// The value of a text, empty if it is none.
    public OptionalDouble parse(String text) {
        return switch (this) {
            case NUMBER -> number(text);
            case DURATION -> duration(text);
            case BYTES -> bytes(text);
        };
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative ? text.substring(1) : text;
        if (rest.equals("0")) {
            return OptionalDouble.of(0);
        }
        Matcher parts = PART.matcher(rest);
        double seconds = 0;
        int at = 0;
        while (parts.find() && parts.start() == at) {
            seconds +=
                    Double.parseDouble(parts.group(1)) * SECONDS.getOrDefault(parts.group(2), 0.0);
            at = parts.end();
        }
        if (at == 0 || at != rest.length()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(negative ? -seconds : seconds);
    }

    private static OptionalDouble bytes(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return OptionalDouble.empty();
        }
        String prefix = size.group(2).toLowerCase(Locale.ROOT);
        int power = prefix.isEmpty() ? 0 : PREFIXES.indexOf(prefix) + 1;
        double base = size.group(3).isEmpty() ? 1000 : 1024;
        return OptionalDouble.of(Double.parseDouble(size.group(1)) * Math.pow(base, power));
    }
}
