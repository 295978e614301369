package io.framewatch.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as Go's `fmt.Print` writes them.
final class Printing {

    private Printing() {}

    static String print(@Nullable Object value) {
        return switch (value) {
            case null -> "<no value>";
            case Double number -> Numbers.shortest(number);
            case Safe(String text) -> text;
            case Members members -> members.print();
            case List<?> list ->
                    list.stream()
                            .map(item -> nested(item))
                            .collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static String nested(@Nullable Object value) {
        return value == null ? "<nil>" : print(value);
    }

    private static String map(Map<?, ?> map) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), nested(value)));
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" ", "map[", "]"));
    }

    /// As `html/template` escapes text.
    static String escapeHtml(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '\0' -> out.append('\ufffd');
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
