package io.framewatch.query.logql.stage;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `json`: fields of a JSON object become labels. Nested keys are joined with `_`, arrays are
/// passed over.
///
/// @param wanted label to path (keys and indexes); empty for every field
public record JsonParser(Map<String, List<String>> wanted) implements Stage {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEPTH_MAX = 32;

    @Override
    public boolean process(LogLine line) {
        JsonNode root = object(line.text());
        if (root == null) {
            line.fail("JSONParserErr", "the line is not a JSON object");
            return true;
        }
        if (wanted.isEmpty()) {
            flatten(root, "", 0, line::extract);
            return true;
        }
        wanted.forEach((label, path) -> {
            JsonNode found = at(root, path);
            if (found != null) {
                line.extract(label, found.isContainer() ? found.toString() : text(found));
            }
        });
        return true;
    }

    /// The object a text holds, or null.
    static @Nullable JsonNode object(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root != null && root.isObject() ? root : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable JsonNode at(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String step : path) {
            JsonNode next =
                    node.isArray() && step.matches("\\d{1,6}")
                            ? node.get(Integer.parseInt(step))
                            : node.get(step);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    private static void flatten(
            JsonNode node, String prefix, int depth, BiConsumer<String, String> sink) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + labelName(field.getKey());
            JsonNode value = field.getValue();
            if (value.isObject() && depth < DEPTH_MAX) {
                flatten(value, name + "_", depth + 1, sink);
            } else if (!value.isContainer()) {
                sink.accept(name, text(value));
            }
        }
    }

    static String text(JsonNode value) {
        return value.isNull() ? "" : value.isString() ? value.stringValue() : value.toString();
    }

    /// A key as a label name: what may not stand in one becomes `_`.
    static String labelName(String key) {
        StringBuilder name = new StringBuilder(key.length() + 1);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (i == 0 && digit) {
                name.append('_');
            }
            name.append(letter || digit ? c : '_');
        }
        return name.toString();
    }
}
