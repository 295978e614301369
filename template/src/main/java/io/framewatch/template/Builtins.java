package io.framewatch.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The functions every Go template has.
final class Builtins {

    static final Map<String, Functions.Function> ALL = all();

    private Builtins() {}

    private static Map<String, Functions.Function> all() {
        return Map.ofEntries(
                Map.entry("and", Builtins::never),
                Map.entry("or", Builtins::never),
                Map.entry("not", Functions.of(arguments -> !Truth.of(only(arguments)))),
                Map.entry("len", Functions.of(arguments -> length(only(arguments)))),
                Map.entry("index", Builtins::index),
                Map.entry("slice", Builtins::slice),
                Map.entry("print", Builtins::print),
                Map.entry("println", Builtins::println),
                Map.entry("printf", Builtins::printf),
                Map.entry(
                        "html", Functions.of(arguments -> Printing.escapeHtml(joined(arguments)))),
                Map.entry("js", Functions.of(arguments -> escapeJs(joined(arguments)))),
                Map.entry("urlquery", Functions.of(arguments -> queryEscape(joined(arguments)))),
                Map.entry("eq", Compare::equal),
                Map.entry("ne", Functions.of(arguments -> !Compare.equal(arguments))),
                Map.entry("lt", Functions.of(arguments -> Compare.order(arguments) < 0)),
                Map.entry("le", Functions.of(arguments -> Compare.order(arguments) <= 0)),
                Map.entry("gt", Functions.of(arguments -> Compare.order(arguments) > 0)),
                Map.entry("ge", Functions.of(arguments -> Compare.order(arguments) >= 0)));
    }

    /// `and` and `or` are decided by the renderer, which need not evaluate all arguments.
    private static Object never(List<@Nullable Object> arguments) {
        throw new TemplateException("called with " + arguments.size() + " arguments out of turn");
    }

    private static @Nullable Object only(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        return arguments.getFirst();
    }

    private static Object length(@Nullable Object value) {
        return switch (value) {
            case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case StringMap(Map<String, String> texts) -> (long) texts.size();
            case null -> throw new TemplateException("len of nil");
            default -> throw new TemplateException("len of " + Printing.print(value));
        };
    }

    private static @Nullable Object index(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 10);
        Object value = arguments.getFirst();
        for (Object key : arguments.subList(1, arguments.size())) {
            value = indexed(value, key);
        }
        return value;
    }

    private static @Nullable Object indexed(@Nullable Object value, @Nullable Object key) {
        return switch (value) {
            case List<?> list -> {
                long index = Arguments.whole(key);
                if (index < 0 || index >= list.size()) {
                    throw new TemplateException("index out of range: " + index);
                }
                yield list.get((int) index);
            }
            case Map<?, ?> map -> map.get(Arguments.text(key));
            case StringMap(Map<String, String> texts) ->
                    texts.getOrDefault(Arguments.text(key), "");
            case null -> throw new TemplateException("index of untyped nil");
            default -> throw new TemplateException("can't index " + Printing.print(value));
        };
    }

    private static Object slice(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 3);
        Object value = arguments.getFirst();
        int size = (int) Arguments.whole(length(value));
        int from = arguments.size() > 1 ? (int) Arguments.whole(arguments.get(1)) : 0;
        int to = arguments.size() > 2 ? (int) Arguments.whole(arguments.get(2)) : size;
        if (from < 0 || to < from || to > size) {
            throw new TemplateException("index out of range: " + from + " to " + to);
        }
        if (value instanceof List<?> list) {
            return list.subList(from, to);
        }
        byte[] bytes = Arguments.text(value).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /// Spaces stand between arguments when neither is a text.
    private static String print(List<@Nullable Object> arguments) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            boolean bothValues =
                    i > 0
                            && !(arguments.get(i) instanceof String)
                            && !(arguments.get(i - 1) instanceof String);
            out.append(bothValues ? " " : "").append(Printing.print(arguments.get(i)));
        }
        return out.toString();
    }

    private static String println(List<@Nullable Object> arguments) {
        return arguments.stream().map(Printing::print).collect(Collectors.joining(" ")) + "\n";
    }

    private static String printf(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1_000);
        return GoFormat.format(
                Arguments.text(arguments, 0), arguments.subList(1, arguments.size()));
    }

    private static String joined(List<@Nullable Object> arguments) {
        return print(arguments);
    }

    static String queryEscape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String escapeJs(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", (int) c));
                default -> out.append(c < ' ' ? String.format("\\u%04X", (int) c) : c);
            }
        }
        return out.toString();
    }
}
