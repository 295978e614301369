package io.framewatch.store.clickhouse;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// SQL under construction: fixed text, and values that travel apart from it. Not thread safe.
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> parameters = new TreeMap<>();

    /// Begins with fixed text, which must not contain anything a user wrote.
    public Sql(String fixed) {
        text.append(fixed);
    }

    /// Adds fixed text.
    public Sql add(String fixed) {
        text.append(fixed);
        return this;
    }

    /// Adds a text value.
    public Sql text(String value) {
        return bind("String", escaped(value));
    }

    /// Adds a signed number.
    public Sql number(long value) {
        return bind("Int64", Long.toString(value));
    }

    /// Adds an unsigned number.
    public Sql unsigned(long value) {
        return bind("UInt64", Long.toUnsignedString(value));
    }

    /// Adds a list of unsigned numbers.
    public Sql unsignedList(long[] values) {
        return bind(
                "Array(UInt64)",
                LongStream.of(values)
                        .mapToObj(Long::toUnsignedString)
                        .collect(Collectors.joining(",", "[", "]")));
    }

    /// Adds a list of texts that consist of ASCII letters and digits only.
    public Sql wordList(List<String> words) {
        for (String word : words) {
            if (!word.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
                throw new IllegalArgumentException("not a word: " + word);
            }
        }
        return bind("Array(String)", words.stream().collect(Collectors.joining("','", "['", "']")));
    }

    private Sql bind(String type, String value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        text.append('{').append(name).append(':').append(type).append('}');
        return this;
    }

    /// A parameter travels in the escaped form of the TabSeparated format.
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    /// The text with its placeholders.
    public String text() {
        return text.toString();
    }

    /// Values by placeholder.
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public String toString() {
        return text();
    }
}
