package io.framewatch.wire.otlp.metrics;

import java.util.ArrayList;
import java.util.List;

/// Names of metrics and labels by the configured strategy. Immutable, thread safe.
final class MetricNames {

    /// What a metric is, as far as its name tells it.
    enum Kind {
        GAUGE,
        COUNTER,
        OTHER
    }

    private final OtlpOptions options;

    MetricNames(OtlpOptions options) {
        this.options = options;
    }

    /// The name of a metric; empty if nothing of it can stay.
    String metric(String name, String unit, Kind kind) {
        OtlpStrategy strategy = options.strategy();
        if (!strategy.suffixes) {
            return strategy.escapes ? escaped(name) : name;
        }
        return strategy.escapes ? tokens(name, unit, kind) : appended(name, unit, kind);
    }

    private static String escaped(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(c -> out.append(isToken(c) || c == '_' ? (char) c : '_'));
        return leadingDigit(out.toString(), "_");
    }

    private static String leadingDigit(String name, String prefix) {
        return !name.isEmpty() && isDigit(name.charAt(0)) ? prefix + name : name;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isToken(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == ':';
    }

    /// The name cut into words at every other character, unit and type as further words unless they
    /// are there already.
    private static String tokens(String name, String unit, Kind kind) {
        List<String> words = new ArrayList<>(words(name));
        UnitWords units = UnitWords.of(unit);
        String main = String.join("_", words(units.main()));
        String per = String.join("_", words(units.per()));
        if (!main.isEmpty() && !words.contains(main)) {
            words.add(main);
        }
        if (!per.isEmpty() && !words.contains(per)) {
            words.add(per);
        }
        if (kind == Kind.COUNTER) {
            words.removeIf("total"::equals);
            words.add("total");
        }
        if (kind == Kind.GAUGE && unit.equals("1")) {
            words.removeIf("ratio"::equals);
            words.add("ratio");
        }
        return leadingDigit(String.join("_", words), "_");
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isToken(text.charAt(i))) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    /// The name as it is, with unit and type at its end, each once.
    private static String appended(String name, String unit, Kind kind) {
        UnitWords units = UnitWords.of(unit);
        boolean counter = kind == Kind.COUNTER;
        boolean ratio = kind == Kind.GAUGE && unit.equals("1");
        String bare = counter ? without(name, "total") : ratio ? without(name, "ratio") : name;
        bare = without(without(bare, units.per()), units.main());
        StringBuilder out = new StringBuilder(bare);
        for (String part : List.of(units.main(), units.per())) {
            if (!part.isEmpty()) {
                out.append('_').append(part);
            }
        }
        return out.append(counter ? "_total" : ratio ? "_ratio" : "").toString();
    }

    private static String without(String name, String suffix) {
        return !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length() + 1
                ? name.substring(0, name.length() - suffix.length() - 1)
                : name;
    }

    /// The name of a label.
    String label(String attribute) {
        if (!options.strategy().escapes || attribute.isEmpty()) {
            return attribute;
        }
        StringBuilder out = new StringBuilder(attribute.length());
        attribute.codePoints().forEach(c -> labelCharacter(out, c));
        String name = leadingDigit(out.toString(), "key_");
        boolean oneUnderscore = name.startsWith("_") && !name.startsWith("__");
        return oneUnderscore && options.labelKeyPrefix() ? "key" + name : name;
    }

    private void labelCharacter(StringBuilder out, int c) {
        if (isToken(c) && c != ':') {
            out.append((char) c);
            return;
        }
        boolean again = !out.isEmpty() && out.charAt(out.length() - 1) == '_';
        if (!again || options.keepUnderscores()) {
            out.append('_');
        }
    }

    /// The word of a unit, as metadata tells it.
    static String unit(String unit) {
        return UnitWords.of(unit).text();
    }
}
