package io.framewatch.wire.otlp.metrics;

/// How names of OpenTelemetry become names of Prometheus (`otlp.translation_strategy`).
public enum OtlpStrategy {
    /// Other characters than letters, digits, `_` and `:` become `_`; unit and type are appended.
    UNDERSCORES_AND_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
    /// The same without anything appended.
    UNDERSCORES("UnderscoreEscapingWithoutSuffixes", true, false),
    /// Names stay as they are, unit and type are appended.
    SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
    /// Names stay as they are.
    NONE("NoTranslation", false, false);

    private final String word;
    final boolean escapes;
    final boolean suffixes;

    OtlpStrategy(String word, boolean escapes, boolean suffixes) {
        this.word = word;
        this.escapes = escapes;
        this.suffixes = suffixes;
    }

    /// The word in the configuration.
    public String word() {
        return word;
    }

    /// The strategy of a word; throws [IllegalArgumentException] for an unknown one.
    public static OtlpStrategy of(String word) {
        for (OtlpStrategy strategy : values()) {
            if (strategy.word.equals(word)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("no translation strategy: " + word);
    }
}
