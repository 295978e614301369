package io.framewatch.text.yaml;

import java.util.List;

/// A piece of a configuration file. Anchors and merge keys are resolved.
public sealed interface YamlValue {

    /// Where it begins.
    Position at();

    /// The kind in a person's words, for messages.
    String kind();

    /// Nothing: an absent document, an empty value, `null` or `~`.
    ///
    /// @param at where the value would stand
    record Empty(Position at) implements YamlValue {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /// A single text, number or truth value, as written.
    ///
    /// @param at where
    /// @param text its characters, quotes and folding resolved
    /// @param plain whether it was written without quotes
    record Scalar(Position at, String text, boolean plain) implements YamlValue {
        @Override
        public String kind() {
            return "text";
        }
    }

    /// A list.
    ///
    /// @param at where
    /// @param items in order
    record Sequence(Position at, List<YamlValue> items) implements YamlValue {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Keys and values.
    ///
    /// @param at where
    /// @param entries in order, no key twice
    record Mapping(Position at, List<Entry> entries) implements YamlValue {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /// One key and its value.
    ///
    /// @param key the key's text
    /// @param keyAt where the key stands
    /// @param value what it holds
    record Entry(String key, Position keyAt, YamlValue value) {}
}
