package io.framewatch.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names and texts, such as labels; an absent name is the empty text. Immutable as far as the map
/// given is.
///
/// @param texts sorted by name
public record StringMap(Map<String, String> texts) implements Members {

    @Override
    public @Nullable Object member(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "SortedPairs" -> texts.containsKey(name) ? texts.get(name) : pairs();
            case "Names" -> texts.containsKey(name) ? texts.get(name) : names();
            case "Values" -> texts.containsKey(name) ? texts.get(name) : values();
            default -> texts.getOrDefault(name, "");
        };
    }

    private List<Pair> pairs() {
        return texts.entrySet().stream().map(e -> new Pair(e.getKey(), e.getValue())).toList();
    }

    private List<String> names() {
        return List.copyOf(texts.keySet());
    }

    private List<String> values() {
        return List.copyOf(texts.values());
    }

    @Override
    public String print() {
        return Printing.print(texts);
    }

    /// A name and its text.
    ///
    /// @param name the name
    /// @param value the text
    record Pair(String name, String value) implements Members {
        @Override
        public @Nullable Object member(String member, List<@Nullable Object> arguments) {
            return switch (member) {
                case "Name" -> name;
                case "Value" -> value;
                default -> throw new TemplateException("a pair has no field " + member);
            };
        }

        @Override
        public String print() {
            return "{" + name + " " + value + "}";
        }
    }
}
